import { booleanType, stringType, type DataType } from "../../ir/types/data-type.ts";
import { datetimePattern, timeZoneName } from "./check-pattern.ts";
import { oneCharacter, textOnOneLine } from "./check-text.ts";
import type { Format } from "./format.ts";

const nested: ReadonlySet<DataType["kind"]> = new Set(["array", "map", "record"]);

/**
 * CSV as RFC 4180 has it; the options are Spark's (CSVOptions), `separator` for `sep`. Spark's own reading is `escape: "\\"`,
 * `emptyAsNull: true`, `multiLine: false` and, with a header, `enforceSchema: true`.
 */
export const csv: Format = {
  name: "csv",
  reading: [
    { name: "header", type: booleanType },
    { name: "enforceSchema", type: booleanType },
    { name: "separator", type: stringType, check: textOnOneLine("separator") },
    { name: "quote", type: stringType, check: oneCharacter("quote", true) },
    { name: "escape", type: stringType, check: oneCharacter("escape") },
    { name: "nullValue", type: stringType },
    { name: "emptyAsNull", type: booleanType },
    { name: "emptyValue", type: stringType },
    { name: "nanValue", type: stringType },
    { name: "positiveInf", type: stringType },
    { name: "negativeInf", type: stringType },
    { name: "comment", type: stringType, check: oneCharacter("comment") },
    { name: "ignoreLeadingWhiteSpace", type: booleanType },
    { name: "ignoreTrailingWhiteSpace", type: booleanType },
    { name: "multiLine", type: booleanType },
    { name: "dateFormat", type: stringType, check: datetimePattern },
    { name: "timestampFormat", type: stringType, check: datetimePattern },
    { name: "timeZone", type: stringType, check: timeZoneName },
  ],
  ofFiles: new Set(["header", "enforceSchema", "multiLine"]),
  writing: [
    { name: "header", type: booleanType },
    { name: "separator", type: stringType, check: textOnOneLine("separator") },
    { name: "nullValue", type: stringType },
  ],
  lacks: (type) => (nested.has(type.kind) ? "has no form for records, arrays and maps" : undefined),
};
