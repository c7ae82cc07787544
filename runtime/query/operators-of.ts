import type { Output } from "./query-context.ts";
import type { ParamValues, QueryDefinition } from "./definition.ts";
import { EventClock } from "./event-clock.ts";
import { OperatorRegistry } from "./operator-registry.ts";
import type { KeptOperator, StateCodec } from "../operators/stateful.ts";

const nowhere: Output<never> = { insert: () => {}, write: () => {}, change: () => {} };

/** The operators of a query that keep state, as its program makes them: they know how their entries are written. No row reaches them. */
export function operatorsOf(definition: QueryDefinition<never>, params: ParamValues, codec: StateCodec): readonly KeptOperator[] {
  const registry = new OperatorRegistry({
    queryName: definition.name,
    params,
    outputs: { first: nowhere, byName: Object.fromEntries(definition.outputs.map(({ name }) => [name, nowhere])) },
    sides: { rows: () => nowhere, takeMalformed: () => {}, useForMalformed: () => {} },
    codec,
    clock: new EventClock("min"),
    onMalformed: () => {},
  });
  definition.build(registry);
  return registry.stateful;
}
