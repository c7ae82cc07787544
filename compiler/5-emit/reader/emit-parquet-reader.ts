import { arrayCode, callCode, objectCode } from "../../code/build.ts";
import { Code, Precedence } from "../../code/code.ts";
import { bigintCode, booleanCode, numberCode, stringCode } from "../../code/literal.ts";
import { runtime } from "../../code/runtime-name.ts";
import { emitRowReader } from "./emit-row-reader.ts";
import { blockRecords, fieldList, neededFields } from "./needed-fields.ts";
import type { ReaderPlan } from "./reader-plan.ts";
import type { RowGroupTest, TestLiteral } from "./row-group-tests.ts";

/** A reader of Parquet files: only the needed columns are decoded, and only the row groups in which rows may pass the filter. */
export function emitParquetReader(plan: ReaderPlan): Code {
  const fields = neededFields(plan);
  const tests = plan.rowGroups ?? [];
  const zone = plan.formatOptions?.["timeZone"];
  const options = [
    ...(tests.length === 0 ? [] : [["rowGroups", arrayCode(tests.map(testCode))] as const]),
    ...(typeof zone === "string" ? [["timeZone", stringCode(zone)] as const] : []),
  ];
  return emitRowReader(plan, {
    reads: "each row",
    blocks: callCode(runtime("parquetBlocks", "runtime/parquet"), fieldList(fields), ...(options.length === 0 ? [] : [objectCode(options)])),
    records: blockRecords(fields),
  });
}

function testCode({ column, test, values }: RowGroupTest): Code {
  const [first] = values;
  const value = test === "in" ? [arrayCode(values.map(literalCode))] : first === undefined ? [] : [literalCode(first)];
  // As it is read: `stringCode` would escape `<`.
  return arrayCode([stringCode(column), new Code(`"${test}"`, Precedence.primary, []), ...value]);
}

function literalCode(value: TestLiteral): Code {
  switch (typeof value) {
    case "string":
      return stringCode(value);
    case "bigint":
      return bigintCode(value);
    case "boolean":
      return booleanCode(value);
    default:
      return numberCode(value);
  }
}
