import { code, joinCode, objectCode } from "../../code/build.ts";
import { Code } from "../../code/code.ts";
import { commentText } from "../../code/literal.ts";
import { Block } from "../block.ts";
import { columnsInterface, columnValue, laneDeclaration, readerColumns, shownColumns } from "./reader-columns.ts";
import { readerNames } from "./reader-names.ts";
import type { ReaderPlan } from "./reader-plan.ts";

/** What readers of decoded records differ in. */
export interface RowReaderParts {
  /** What it reads, for the comment: `each message`. */
  readonly reads: string;
  /** How the whole file is read: a member of the definition. */
  readonly blocks?: Code;
  /** `new MessageRecords(context)`. */
  readonly records: Code;
  /** Whether what a record needs may have to be fetched first. */
  readonly prepares?: boolean;
}

/** A reader whose records the runtime decodes one by one (messages as they are, Avro, Parquet): lanes are filled by `take`. */
export function emitRowReader(plan: ReaderPlan, parts: RowReaderParts): Code {
  const columns = readerColumns(plan, readerNames([plan.reader, plan.columnsType]));
  const filter = plan.filter?.emit((name) => columnValue(columns, name));
  const body = new Block();
  const shown = columns.filter(({ isHidden }) => !isHidden).map(({ field }) => field.name);
  body.line(new Code(`/** Reads ${commentText(plan.input)}: ${shown.length === 0 ? "nothing" : commentText(shown.join(", "))} of ${parts.reads}. */`, 0, []));
  body.open(new Code(`export const ${plan.reader}: ReaderDefinition<${plan.columnsType}> = {`, 0, [{ module: "runtime", name: "type ReaderDefinition" }]));
  if (parts.blocks !== undefined) body.line(code`blocks: ${parts.blocks},`);
  body.open(code`create(context) {`);
  body.line(code`const records = ${parts.records};`);
  for (const each of columns) body.line(laneDeclaration(each));
  body.blank();
  body.open(code`return {`);
  if (parts.prepares === true) body.line(code`prepare: (chunk) => records.prepare(chunk),`);
  body.open(code`read(chunk) {`);
  body.line(code`const end = records.begin(chunk);`);
  body.line(code`let row = 0;`);
  body.open(code`for (let at = 0; at < end; at++) {`);
  if (filter === undefined) {
    body.line(code`if (records.take(at, row)) row++;`);
  } else {
    body.line(code`if (!records.take(at, row)) continue;`);
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
