import { AllRowsTop } from "./all-rows-top.ts";
import { exactOrder } from "./exact-order.ts";
import { FirstRowsTop, KeptFirstRows } from "./first-rows-top.ts";
import { KeptAllRows } from "./kept-all-rows.ts";
import { KeyCodec } from "./key-codec.ts";
import type { SortKey } from "./row-order.ts";
import type { KeptOperator, StateCodec } from "./stateful.ts";
import type { Columns, RowOf, Top, TopSpec } from "./top.ts";
import { TopRanks } from "./top-ranks.ts";

/** Makes a `top` that is kept in the checkpoint. `seed` and `compactAbove` as in `createGroups`. */
export function createTop<const C extends Columns, By>(
  operatorId: string, spec: TopSpec<C, By>, codec: StateCodec, seed: number = 0x2545f491, compactAbove?: number,
): { readonly top: Top<RowOf<C>, By>; readonly state: KeptOperator } {
  // `By` is what the order reads of a row: every row has it.
  const by: readonly unknown[] = spec.by;
  const order = { ...spec, by: by as readonly SortKey<RowOf<C>>[] };
  if (spec.takesBack !== true) {
    const top = new FirstRowsTop<RowOf<C>, By>(spec, new TopRanks<RowOf<C>>(order), seed, compactAbove);
    return { top, state: new KeptFirstRows(operatorId, top, codec) };
  }
  const content = new KeyCodec(Object.values(spec.columns), "two zeros");
  const top = new AllRowsTop<RowOf<C>, By>(spec, new TopRanks<RowOf<C>>(order, ...exactOrder<RowOf<C>>(spec.columns, content, () => codec.writer())), codec, seed);
  return { top, state: new KeptAllRows(operatorId, top, spec.columns, content, codec, spec.underWatermark === true) };
}
