import { internalError } from "../../diagnostics/internal-error.ts";
import type { Field } from "../../ir/types/data-type.ts";
import { tsType } from "../value-type.ts";

/** How a reader keeps a column: the class of the runtime that it fills, and what the batch shows of it. */
export interface LaneClass {
  /** The class, an export of the runtime. */
  readonly name: string;
  /** Type arguments as written, `<readonly string[]>`, or nothing. */
  readonly typeArguments: string;
  /** Whether text columns need to know the chunk that they point into. */
  readonly ofChunk: boolean;
  /** The type in the columns' interface; a typed array where the batch shows the lane's values alone. */
  readonly shown: string;
  readonly showsValues: boolean;
}

/** The table of `runtime/formats/column-batch.ts`. */
export function laneClass({ type, nullable }: Field): LaneClass {
  const plain = (name: string): LaneClass => ({ name, typeArguments: "", ofChunk: false, shown: name, showsValues: false });
  switch (type.kind) {
    case "int":
    case "double":
    case "float":
    case "date":
    case "timestamp":
    case "duration":
      return nullable ? plain("NullableNumbers") : { ...plain("Numbers"), shown: "Float64Array", showsValues: true };
    case "boolean":
      return nullable ? plain("NullableBooleans") : { ...plain("Booleans"), shown: "Uint8Array", showsValues: true };
    case "long":
    case "decimal":
      return plain(nullable ? "NullableLongs" : "Longs");
    case "string":
      return { ...plain(nullable ? "NullableTexts" : "Texts"), ofChunk: true };
    case "record":
    case "array":
    case "map":
    case "binary": {
      const typeArguments = `<${tsType(type, nullable)}>`;
      return { ...plain("Values"), typeArguments, shown: `Values${typeArguments}` };
    }
    default:
      return internalError("E9006", `a column of type ${type.kind} reached emission`);
  }
}
