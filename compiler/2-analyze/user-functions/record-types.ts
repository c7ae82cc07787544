import type { Type } from "ts-morph";
import { isNothing, isRecordValue } from "./method-form.ts";

/** A function goes in. */
export function takesCallback(parameter: Type): boolean {
  return parameter.getCallSignatures().length > 0;
}

/** An offset or nothing goes in. */
export function takesOffsetOrNothing(parameter: Type): boolean {
  return parameter.isUndefined() || (parameter.isUnion() && parameter.getUnionTypes().some((part) => part.isUndefined()));
}

/** Bytes go in. */
export function takesBytes(parameter: Type): boolean {
  return ["Uint8Array", "Buffer"].includes(parameter.getNonNullableType().getSymbol()?.getName() ?? "");
}

/** What `decode` may give: a record, an array of records, or nothing. */
export function isDecoded(result: Type): boolean {
  if (result.isNull() || isNothing(result) || isRecordValue(result)) return true;
  const element = result.isArray() || result.isReadonlyArray() ? result.getArrayElementType() : undefined;
  return element !== undefined && (element.isUnion() ? element.getUnionTypes() : [element]).every(isRecordValue);
}

/** Whether a type is iterable, at once or awaited, by texts or bytes. */
export function givesRecords(result: Type): boolean {
  const element = result.isArray() || result.isReadonlyArray() ? result.getArrayElementType() : iterated(result);
  return element !== undefined && (element.isUnion() ? element.getUnionTypes() : [element]).every((part) => part.isAny() || isRecordValue(part));
}

const iterables: ReadonlySet<string> = new Set(["Iterable", "AsyncIterable", "IterableIterator", "AsyncIterableIterator", "Generator", "AsyncGenerator", "Set", "ReadonlySet"]);

function iterated(type: Type): Type | undefined {
  return iterables.has(type.getSymbol()?.getName() ?? "") ? type.getTypeArguments()[0] : undefined;
}
