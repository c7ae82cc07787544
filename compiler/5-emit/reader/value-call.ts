import { callCode } from "../../code/build.ts";
import { Code, Precedence } from "../../code/code.ts";
import { numberCode } from "../../code/literal.ts";
import { runtime } from "../../code/runtime-name.ts";
import type { DataType, Field } from "../../ir/types/data-type.ts";

const input = new Code("input", Precedence.primary, []);
const view = new Code("view", Precedence.primary, []);
const row = new Code("row", Precedence.primary, []);

/** Types that the runtime reads straight from the bytes, with the name that its functions give them. */
const scanned: Partial<Record<DataType["kind"], string>> = {
  int: "Int", long: "Long", float: "Float", double: "Double", decimal: "Decimal", boolean: "Boolean", string: "Text", timestamp: "Timestamp", date: "Date",
};

const skipped: Partial<Record<DataType["kind"], string>> = {
  int: "skipNumber", long: "skipNumber", float: "skipNumber", double: "skipNumber", decimal: "skipNumber", string: "skipText", timestamp: "skipText", date: "skipText", binary: "skipText", duration: "skipText",
};

/** Whether values of the type are decoded by their own text, for which the reader needs a descriptor. */
export function needsDescriptor(type: DataType): boolean {
  return scanned[type.kind] === undefined;
}

/**
 * The call that reads a field's value at `at` and gives the place after it: into a lane (`readInt(input, at, status, row)`), or,
 * for a field that only decides whether the record is malformed, without one (`checkInt(input, at)`). `descriptor` is the
 * constant of a type that `needsDescriptor`; `isZoned`: a timestamp without a zone is not in UTC.
 */
export function valueCall(field: Field, at: Code, lane: Code | undefined, descriptor: Code | undefined, isZoned = false): Code {
  const { type, nullable } = field;
  const verb = lane === undefined ? "check" : "read";
  const target = lane === undefined ? [] : [lane, row];
  const kernel = scanned[type.kind];
  if (kernel === undefined || descriptor !== undefined) {
    return callCode(runtime(`${verb}Value`), input, view, at, ...(descriptor === undefined ? [] : [descriptor]), ...target);
  }
  const name = `${verb}${nullable ? "Nullable" : ""}${kernel}`;
  switch (type.kind) {
    case "timestamp":
      return callCode(runtime(isZoned ? name.replace("Timestamp", "ZonedTimestamp") : name), input, view, at, ...target);
    case "string":
      return callCode(runtime(name), input, view, at, ...target);
    case "decimal":
      return callCode(runtime(name), input, at, numberCode(type.precision), numberCode(type.scale), ...target);
    default:
      return callCode(runtime(name), input, at, ...target);
  }
}

/** The call that passes over a field that may hold any JSON; its type says what is likely. */
export function skipCall(at: Code, likely?: DataType): Code {
  const kernel = likely === undefined ? "skipValue" : (skipped[likely.kind] ?? "skipValue");
  return callCode(runtime(kernel), input, view, at);
}
