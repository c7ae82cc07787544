import type { Step } from "../../ir/ast/step.ts";

/** A step as the user writes it, for messages. */
export function stepWords(step: Step): string {
  switch (step.kind) {
    case "OrderBy":
      return "order by";
    case "Explode":
      return step.outer ? "explode_outer" : "explode";
    case "FilterWith":
      return "filter";
    case "FlatMap":
      return "flatMap";
    case "Map":
      return step.async ? "map async" : "map";
    case "MissingStep":
      return "this step";
    default:
      return step.kind.toLowerCase();
  }
}
