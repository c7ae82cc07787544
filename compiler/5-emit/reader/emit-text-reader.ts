import { code, joinCode, objectCode } from "../../code/build.ts";
import { Code } from "../../code/code.ts";
import { commentText } from "../../code/literal.ts";
import { runtime } from "../../code/runtime-name.ts";
import { Block } from "../block.ts";
import { columnsInterface, columnValue, laneDeclaration, readerColumns, shownColumns } from "./reader-columns.ts";
import { readerNames } from "./reader-names.ts";
import type { ReaderPlan } from "./reader-plan.ts";

/** A reader of plain text: each line is the value of the one column. */
export function emitTextReader(plan: ReaderPlan): Code {
  const names = readerNames([plan.reader, plan.columnsType]);
  const columns = readerColumns(plan, names);
  const column = columns.find(({ isHidden }) => !isHidden);
  const body = new Block();
  body.line(new Code(`/** Reads ${commentText(plan.input)}: each ${plan.ofMessages === true ? "message" : "line"} is one text. */`, 0, []));
  body.open(new Code(`export const ${plan.reader}: ReaderDefinition<${plan.columnsType}> = {`, 0, [{ module: "runtime", name: "type ReaderDefinition" }]));
  body.open(code`create(context) {`);
  body.line(code`const records = new ${runtime("TextRecords")}(context);`);
  for (const each of columns) body.line(laneDeclaration(each));
  const filter = plan.filter?.emit((name) => columnValue(columns, name));
  body.blank();
  body.open(code`return {`);
  body.open(code`read(chunk) {`);
  body.line(code`const { start, end } = records.begin(chunk);`);
  body.line(code`let row = 0;`);
  body.open(code`for (let at = start; at < end; at = records.next) {`);
  body.line(code`if (!records.read(at, row, ${column === undefined ? code`undefined` : column.variable})) continue;`);
  if (filter === undefined) {
    body.line(code`row++;`);
  } else {
    body.line(new Code(`// Rows for which ${commentText(plan.filter?.text ?? "")}.`, 0, []));
    body.line(code`if (${filter}) row++;`);
  }
  body.close(code`}`);
  body.line(code`return records.batch(row, ${objectCode(shownColumns(columns))});`);
  body.close(code`},`);
  body.close(code`};`);
  body.close(code`},`);
  body.close(code`};`);
  return joinCode([columnsInterface(plan, columns), body.code], "\n\n");
}
