import { booleanType, stringType } from "../../ir/types/data-type.ts";
import { datetimePattern, timeZoneName } from "./check-pattern.ts";
import type { Format } from "./format.ts";

/** JSON lines, or with `multiLine` one value or an array of records a file; the options are Spark's (JSONOptions). */
export const json: Format = {
  name: "json",
  reading: [
    { name: "multiLine", type: booleanType },
    { name: "allowComments", type: booleanType },
    { name: "allowSingleQuotes", type: booleanType },
    { name: "allowUnquotedFieldNames", type: booleanType },
    { name: "allowNonNumericNumbers", type: booleanType },
    { name: "allowNumericLeadingZeros", type: booleanType },
    { name: "allowUnquotedControlChars", type: booleanType },
    { name: "allowBackslashEscapingAnyCharacter", type: booleanType },
    { name: "primitivesAsString", type: booleanType },
    { name: "dateFormat", type: stringType, check: datetimePattern },
    { name: "timestampFormat", type: stringType, check: datetimePattern },
    { name: "timeZone", type: stringType, check: timeZoneName },
  ],
  ofFiles: new Set(["multiLine"]),
  writing: [],
};
