import type { Shape } from "../../ir/types/shape.ts";

/** A shape in a sentence: `a number`, `a Date`, `an array`. */
export function shapeWords(shape: Shape): string {
  switch (shape.kind) {
    case "array":
      return "an array";
    case "map":
      return "a Map";
    case "record":
      return shape.name === undefined ? "a record" : `a record (${shape.name})`;
    default:
      return `a ${shape.kind}`;
  }
}
