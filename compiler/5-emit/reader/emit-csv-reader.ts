import { callCode, code, joinCode, member, objectCode } from "../../code/build.ts";
import { Code, Precedence } from "../../code/code.ts";
import { commentText, numberCode, quote } from "../../code/literal.ts";
import { runtime } from "../../code/runtime-name.ts";
import type { DataType, Field } from "../../ir/types/data-type.ts";
import { Block } from "../block.ts";
import { descriptorText } from "../value-type.ts";
import { formatOptionsCode, framingOptionsCode, speculativeSeparator } from "./csv-dialect.ts";
import { columnsInterface, columnValue, laneDeclaration, readerColumns, shownColumns, type ReaderColumn } from "./reader-columns.ts";
import { readerNames } from "./reader-names.ts";
import type { ReaderPlan } from "./reader-plan.ts";

const input = new Code("input", Precedence.primary, []);
const view = new Code("view", Precedence.primary, []);
const at = new Code("at", Precedence.primary, []);
const row = new Code("row", Precedence.primary, []);

/** Types that the runtime reads straight from the bytes; all others are left to the exact decoder. */
const scanned: ReadonlySet<DataType["kind"]> = new Set(["int", "long", "double", "decimal", "boolean", "string", "timestamp", "date"]);

/** A field as the reader meets it in a record. */
interface CsvField {
  readonly field: Field;
  /** Undefined where the field is only checked, or not needed at all. */
  readonly column: ReaderColumn | undefined;
  readonly isNeeded: boolean;
}

/**
 * A reader of CSV: the record whose fields are written plainly, and the runtime's exact decoder for every other one. With a header, the
 * columns are found by it, and the first is for files that have the declared columns in the declared order.
 */
export function emitCsvReader(plan: ReaderPlan): Code {
  const names = readerNames([plan.reader, plan.columnsType]);
  const columns = readerColumns(plan, names);
  const fields = plan.fields.map((field): CsvField => {
    const column = columns.find((candidate) => candidate.field === field);
    return { field, column, isNeeded: plan.strict || plan.needed.has(field.name) || column !== undefined };
  });
  return joinCode([columnsInterface(plan, columns), definition(plan, columns, fields)], "\n\n");
}

function definition(plan: ReaderPlan, columns: readonly ReaderColumn[], fields: readonly CsvField[]): Code {
  const { formatOptions = {} } = plan;
  const usual = speculativeSeparator(formatOptions);
  const separator = fields.every(({ field, isNeeded }) => !isNeeded || scanned.has(field.type.kind)) ? usual : undefined;
  const isZoned = formatOptions["timeZone"] !== undefined;
  const byHeader = formatOptions["header"] === true && formatOptions["enforceSchema"] !== true;
  const needed = fields.filter(({ isNeeded }) => isNeeded).map(({ field }) => field.name);
  const body = new Block();
  body.line(new Code(`/** Reads ${commentText(plan.input)}: ${needed.length === 0 ? "nothing" : commentText(needed.join(", "))} of each CSV record. */`, 0, []));
  body.open(new Code(`export const ${plan.reader}: ReaderDefinition<${plan.columnsType}> = {`, 0, [{ module: "runtime", name: "type ReaderDefinition" }]));
  const framing = framingOptionsCode(formatOptions);
  if (formatOptions["multiLine"] !== false) body.line(code`framing: ${callCode(runtime("csvFraming"), ...(framing === undefined ? [] : [framing]))},`);
  body.open(code`create(context) {`);
  body.open(code`const records = new ${runtime("CsvRecords")}(context, [`);
  for (const { field, isNeeded } of fields) body.line(new Code(`[${quote(field.name)}${isNeeded ? `, ${descriptorText(field.type, field.nullable)}` : ""}],`, 0, []));
  const options = formatOptionsCode(formatOptions);
  body.close(options === undefined ? code`]);` : code`], ${options});`);
  for (const column of columns) body.line(laneDeclaration(column));
  body.blank();
  if (separator !== undefined) {
    body.append(readInOrder(fields, separator, isZoned));
    body.blank();
    if (byHeader) {
      body.append(readColumn(fields, separator, isZoned));
      body.blank();
    }
  }
  if (plan.filter !== undefined) {
    body.line(new Code(`// Rows for which ${commentText(plan.filter.text)}.`, 0, []));
    body.open(code`function keeps(row: number): boolean {`);
    body.line(code`return ${plan.filter.emit((name) => columnValue(columns, name))};`);
    body.close(code`}`);
    body.blank();
  }
  body.append(readLoop(plan, columns, separator !== undefined, byHeader));
  body.close(code`},`);
  body.close(code`};`);
  return body.code;
}

/** Field by field: a separator must stand between them and a line end behind the last. */
function readInOrder(fields: readonly CsvField[], separator: number, isZoned: boolean): Block {
  const body = new Block();
  const words = { 9: "tab", 32: "space", 44: "comma", 59: "semicolon" }[separator] ?? String.fromCharCode(separator);
  body.line(new Code(`// The record as it is mostly written: fields without quotes, or quoted on one line. ${separator} is the ${words}.`, 0, []));
  body.open(new Code(`function readInOrder(input: Uint8Array, view: DataView, at: number, ${rowParameter(fields)}): number {`, 0, []));
  if (fields.length === 1 || separator <= 32) {
    body.line(code`// A line of white space is no record.`);
    body.line(code`if (input[at]! <= 32) return ${runtime("deviates")};`);
  }
  fields.forEach((each, index) => {
    body.line(new Code(`// ${commentText(each.field.name)}`, 0, []));
    if (index > 0) body.line(code`if (at < 0 || input[at++] !== ${numberCode(separator)}) return ${runtime("deviates")};`);
    for (const line of fieldLines(each, separator, isZoned)) body.line(line);
  });
  body.line(code`return at < 0 ? ${runtime("deviates")} : ${callCode(runtime("endOfCsvRecord"), input, at)};`);
  body.close(code`}`);
  return body;
}

/** A switch over the columns, for records in the order of a file's header. */
function readColumn(fields: readonly CsvField[], separator: number, isZoned: boolean): Block {
  const body = new Block();
  body.line(code`// The field of one column, wherever in the record it stands.`);
  body.open(new Code(`function readColumn(column: number, input: Uint8Array, view: DataView, at: number, ${rowParameter(fields)}): number {`, 0, []));
  body.open(code`switch (column) {`);
  fields.forEach((each, index) => {
    if (!each.isNeeded) return;
    body.line(code`case ${numberCode(index)}:`);
    const lines = fieldLines(each, separator, isZoned);
    const [only] = lines;
    if (lines.length === 1 && only?.text.startsWith("at = ") === true) {
      body.line(new Code(`  return ${only.text.slice("at = ".length)}`, 0, only.uses));
    } else {
      for (const line of lines) body.line(code`  ${line}`);
      body.line(code`  return at;`);
    }
  });
  body.line(code`default: return ${callCode(runtime("skipCsvField"), input, view, at, numberCode(separator))};`);
  body.close(code`}`);
  body.close(code`}`);
  return body;
}

/** Statements that read the field at `at` and move behind it. */
function fieldLines({ field, column, isNeeded }: CsvField, separator: number, isZoned: boolean): readonly Code[] {
  const byte = numberCode(separator);
  const lane = column?.variable;
  const skip = code`at = ${callCode(runtime("skipCsvField"), input, view, at, byte)};`;
  const isEmpty = callCode(runtime("isEmptyField"), input, at, byte);
  if (!isNeeded) return [skip];
  const { type, nullable } = field;
  if (type.kind === "string") {
    if (lane !== undefined) return [code`at = ${callCode(runtime(nullable ? "readNullableCsvText" : "readCsvText"), input, view, at, byte, lane, row)};`];
    return nullable ? [skip] : [code`at = ${isEmpty} || input[at] === 34 ? ${runtime("deviates")} : ${callCode(runtime("skipCsvField"), input, view, at, byte)};`];
  }
  const read = code`at = ${kernelCall(type, lane, isZoned)};`;
  if (!nullable) return [read];
  if (lane === undefined) return [code`if (!${isEmpty}) ${read}`];
  return [code`if (${isEmpty}) ${callCode(member(lane, "putNull"), row)};`, code`else ${read}`];
}

/** The JSON reader's kernels read numbers and words; times stand in quotes there. An empty field deviates in all of them. */
function kernelCall(type: DataType, lane: Code | undefined, isZoned: boolean): Code {
  const verb = lane === undefined ? "check" : "read";
  const target = lane === undefined ? [] : [lane, row];
  switch (type.kind) {
    case "int":
      return callCode(runtime(`${verb}Int`), input, at, ...target);
    case "long":
      return callCode(runtime(`${verb}Long`), input, at, ...target);
    case "double":
      return callCode(runtime(`${verb}Double`), input, at, ...target);
    case "decimal":
      return callCode(runtime(`${verb}Decimal`), input, at, numberCode(type.precision), numberCode(type.scale), ...target);
    case "boolean":
      return callCode(runtime(`${verb}Boolean`), input, at, ...target);
    case "date":
      return callCode(runtime(`${verb}CsvDate`), input, at, ...target);
    default:
      return callCode(runtime(`${verb}${isZoned ? "Zoned" : ""}CsvTimestamp`), input, view, at, ...target);
  }
}

/** A reader whose fields are all checked and none kept has no use for the row's number. */
function rowParameter(fields: readonly CsvField[]): string {
  return fields.some(({ column }) => column !== undefined) ? "row: number" : "_row: number";
}

function readLoop(plan: ReaderPlan, columns: readonly ReaderColumn[], speculates: boolean, byHeader: boolean): Block {
  const body = new Block();
  const keep = plan.filter === undefined ? code`row++;` : code`if (keeps(row)) row++;`;
  body.open(code`return {`);
  body.open(code`read(chunk) {`);
  body.line(!speculates ? code`const { start, end } = records.begin(chunk);` : byHeader ? code`const { bytes: input, view, start, end, plainEnd, inOrder } = records.begin(chunk);` : code`const { bytes: input, view, start, end, plainEnd } = records.begin(chunk);`);
  body.line(code`let row = 0;`);
  if (!speculates) {
    body.open(code`for (let at = start, next = start; at < end; at = next) {`);
    body.line(code`next = records.decode(at, row);`);
    body.line(code`if (!records.hasRow) continue;`);
    body.line(code`records.accept(at, row);`);
  } else {
    const fast = byHeader ? code`inOrder ? readInOrder(input, view, at, row) : records.readByHeader(at, row, readColumn)` : code`readInOrder(input, view, at, row)`;
    body.open(code`for (let at = start; at < end; ) {`);
    body.line(code`let next = at >= plainEnd ? ${runtime("deviates")} : ${fast};`);
    body.open(code`if (next < 0) {`);
    body.line(code`// What deviates is decoded exactly; a line may hold no record.`);
    body.line(code`next = records.decode(at, row);`);
    body.open(code`if (!records.hasRow) {`);
    body.line(code`at = next;`);
    body.line(code`continue;`);
    body.close(code`}`);
    body.close(code`}`);
    body.line(code`records.accept(at, row);`);
    body.line(code`at = next;`);
  }
  body.line(keep);
  body.close(code`}`);
  body.line(code`return records.batch(row, ${objectCode(shownColumns(columns))});`);
  body.close(code`},`);
  body.close(code`};`);
  return body;
}
