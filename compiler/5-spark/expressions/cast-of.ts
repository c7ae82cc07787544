import type { DataType } from "../../ir/types/data-type.ts";
import { sameType } from "../../ir/types/data-type.ts";
import { type Py, pyCall, pyMethod, pyName, pyText } from "../python/py.ts";
import { castTypeOf, nullableInside } from "./cast-type.ts";
import { dateFromText } from "./functions/warned.ts";

/** A cast; with `safe` what does not fit gives null. Bytes that are no UTF-8 are no text in Sluice: Spark is asked to check them. */
export function castOf(input: Py, from: DataType, to: DataType, safe: boolean): Py {
  if (sameType(nullableInside(from), nullableInside(to))) return input;
  if (from.kind === "binary" && to.kind === "string") return pyCall(pyName(safe ? "F.try_validate_utf8" : "F.validate_utf8"), [pyMethod(input, "cast", [pyText("string")])]);
  return pyMethod(input, safe ? "try_cast" : "cast", [castTypeOf(to)]);
}

/** What a cast does otherwise on Spark, for W4120; undefined where nothing does. */
export function castDiffers(from: DataType, to: DataType): string | undefined {
  if (to.kind === "date") return from.kind === "string" ? dateFromText : undefined;
  if (from.kind === "array" && to.kind === "array") return castDiffers(from.element, to.element);
  if (from.kind === "map" && to.kind === "map") return castDiffers(from.key, to.key) ?? castDiffers(from.value, to.value);
  if (from.kind !== "record" || to.kind !== "record") return undefined;
  return from.fields.map((field, at) => castDiffers(field.type, to.fields[at]?.type ?? field.type)).find((reason) => reason !== undefined);
}
