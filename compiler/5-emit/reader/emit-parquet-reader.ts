import { typeDescriptorCode } from "../../catalog/types/type-descriptor-code.ts";
import { arrayCode, callCode, code, objectCode } from "../../code/build.ts";
import { Code, Precedence } from "../../code/code.ts";
import { bigintCode, booleanCode, numberCode, stringCode } from "../../code/literal.ts";
import { runtime } from "../../code/runtime-name.ts";
import { emitRowReader } from "./emit-row-reader.ts";
import { neededFields } from "./needed-fields.ts";
import type { ReaderPlan } from "./reader-plan.ts";
import type { RowGroupTest, TestLiteral } from "./row-group-tests.ts";

/** A reader of Parquet files: only the needed columns are decoded, and only the row groups in which rows may pass the filter. */
export function emitParquetReader(plan: ReaderPlan): Code {
  const fields = neededFields(plan);
  const rows = fields.map((field) => arrayCode([stringCode(field.name), typeDescriptorCode(field.type, field.nullable)]));
  const tests = plan.rowGroups ?? [];
  const zone = plan.formatOptions?.["timeZone"];
  const options = [
    ...(tests.length === 0 ? [] : [["rowGroups", arrayCode(tests.map(testCode))] as const]),
    ...(typeof zone === "string" ? [["timeZone", stringCode(zone)] as const] : []),
  ];
  return emitRowReader(plan, {
    reads: "each row",
    blocks: callCode(runtime("parquetBlocks", "runtime/parquet"), onLines(rows), ...(options.length === 0 ? [] : [objectCode(options)])),
    records: code`new ${runtime("BlockRecords")}(context, ${arrayCode(fields.map(({ name }) => stringCode(name)))})`,
  });
}

/** A list with one item a line. */
function onLines(items: readonly Code[]): Code {
  const text = items.map((item) => `\n  ${item.text},`).join("");
  return new Code(`[${text}\n]`, Precedence.primary, items.flatMap((item) => item.uses));
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
