import type { Pipeline, Producer, StreamJoinTable } from "./physical.ts";

/** Whether a producer gives changes: rows that enter and rows that leave, each with its weight (decision 0025). */
export function takesBack(producer: Producer, joins: readonly StreamJoinTable[]): boolean {
  switch (producer.kind) {
    case "group changes":
      return true;
    case "state":
      return producer.emit === "onChange";
    case "ranked":
      return producer.emit === "onChange";
    case "joined":
      return joins.some(({ id, changes }) => id === producer.join && changes);
    case "groups":
    case "read":
    case "rows":
    case "lookup":
    case "called":
      return false;
  }
}

/** Whether the output that a pipeline ends in takes changes, those of this pipeline or of another one. */
export function outputTakesBack({ sink }: Pipeline, query: { readonly pipelines: readonly Pipeline[]; readonly joins: readonly StreamJoinTable[] }): boolean {
  return query.pipelines.some((other) => other.consumer.kind === "output" && other.sink === sink && takesBack(other.producer, query.joins));
}
