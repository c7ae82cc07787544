import { binary, callCode, code, joinCode, objectCode } from "../../code/build.ts";
import { Code, Precedence } from "../../code/code.ts";
import { commentText, numberCode, quote } from "../../code/literal.ts";
import { runtime } from "../../code/runtime-name.ts";
import type { FormatOptions } from "../../ir/logical/input.ts";
import type { Field } from "../../ir/types/data-type.ts";
import { holdsKind } from "../../ir/types/holds-kind.ts";
import { Block } from "../block.ts";
import { descriptorText } from "../value-type.ts";
import { formatOptionsCode } from "./csv-dialect.ts";
import { differences } from "./byte-differences.ts";
import { columnsInterface, columnValue, laneDeclaration, readerColumns, shownColumns, type ReaderColumn } from "./reader-columns.ts";
import { readerNames } from "./reader-names.ts";
import type { ReaderPlan } from "./reader-plan.ts";
import { needsDescriptor, skipCall, valueCall } from "./value-call.ts";

/** Whether values stand on one line and in the forms that the kernels of single values know; else every record is decoded exactly. */
function canSpeculate(options: FormatOptions, needed: readonly RecordField[]): boolean {
  if (options["multiLine"] === true) return false;
  const holds = (kind: "date" | "timestamp"): readonly RecordField[] => needed.filter(({ field }) => holdsKind(field.type, new Set([kind])));
  if (options["dateFormat"] !== undefined && holds("date").length > 0) return false;
  if (options["timestampFormat"] !== undefined && holds("timestamp").length > 0) return false;
  return options["timeZone"] === undefined || holds("timestamp").every(({ field }) => field.type.kind === "timestamp");
}

const at = new Code("at", Precedence.primary, []);

/** A field as the reader meets it in a record. */
interface RecordField {
  readonly field: Field;
  /** Undefined where the field is only checked, or not needed at all. */
  readonly column: ReaderColumn | undefined;
  readonly isNeeded: boolean;
  /** The constant with the type of a value that is decoded by its own text. */
  readonly descriptor: Code | undefined;
  /** Whether its timestamps are in another zone than UTC where they name none. */
  readonly isZoned: boolean;
}

/**
 * A reader of JSON lines in three layers: the record with its keys in the declared order and no spaces, the record with its keys
 * in any order, and the runtime's exact decoder for every other one. The first two give what the third would, or leave it to it.
 */
export function emitJsonReader(plan: ReaderPlan): Code {
  const names = readerNames([plan.reader, plan.columnsType]);
  const columns = readerColumns(plan, names);
  const fields = plan.fields.map((field): RecordField => {
    const column = columns.find((candidate) => candidate.field === field);
    const isNeeded = plan.strict || plan.needed.has(field.name) || column !== undefined;
    return {
      field,
      column,
      isNeeded,
      descriptor: isNeeded && needsDescriptor(field.type) ? names.name(`${field.name}Type`) : undefined,
      isZoned: plan.formatOptions?.["timeZone"] !== undefined,
    };
  });
  return joinCode([columnsInterface(plan, columns), definition(plan, columns, fields)], "\n\n");
}

function definition(plan: ReaderPlan, columns: readonly ReaderColumn[], fields: readonly RecordField[]): Code {
  const needed = fields.filter((field) => field.isNeeded);
  const { formatOptions = {} } = plan;
  const speculates = canSpeculate(formatOptions, needed);
  const body = new Block();
  body.line(new Code(`/** Reads ${commentText(plan.input)}: ${fieldList(needed)} of each JSON ${plan.ofMessages === true ? "message" : "line"}${needed.length < fields.length ? "; other keys may hold any JSON" : ""}. */`, 0, []));
  body.open(new Code(`export const ${plan.reader}: ReaderDefinition<${plan.columnsType}> = {`, 0, [{ module: "runtime", name: "type ReaderDefinition" }]));
  if (formatOptions["multiLine"] === true) body.line(code`framing: ${runtime("fileFraming")},`);
  body.open(code`create(context) {`);
  body.open(code`const records = new ${runtime("JsonRecords")}(context, [`);
  for (const { field } of needed) body.line(new Code(`[${quote(field.name)}, ${descriptorText(field.type, field.nullable)}],`, 0, []));
  const options = formatOptionsCode(formatOptions);
  body.close(options === undefined ? code`]);` : code`], ${options});`);
  for (const column of columns) body.line(laneDeclaration(column));
  for (const { field, descriptor } of fields) {
    if (speculates && descriptor !== undefined) body.line(code`const ${descriptor} = ${callCode(runtime("valueType"), new Code(descriptorText(field.type, field.nullable), Precedence.primary, []))};`);
  }
  body.blank();
  if (speculates) {
    if (fields.length > 0) {
      body.append(inOrder(fields));
      body.blank();
    }
    body.append(anyOrder(needed));
    body.blank();
  }
  if (plan.filter !== undefined) {
    body.line(new Code(`// Rows for which ${commentText(plan.filter.text)}.`, 0, []));
    body.open(code`function keeps(row: number): boolean {`);
    body.line(code`return ${plan.filter.emit((name) => columnValue(columns, name))};`);
    body.close(code`}`);
    body.blank();
  }
  body.append(speculates ? readLoop(plan, columns, fields) : exactLoop(plan, columns));
  body.close(code`},`);
  body.close(code`};`);
  return body.code;
}

function fieldList(fields: readonly RecordField[]): string {
  return fields.length === 0 ? "nothing" : commentText(fields.map(({ field }) => field.name).join(", "));
}

/** For each field: the text before it must be there, then its value is read. */
function inOrder(fields: readonly RecordField[]): Block {
  const body = new Block();
  body.line(code`// The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes`);
  body.line(code`// at a time, as the numbers that they make.`);
  body.open(new Code(`function readInOrder(input: Uint8Array, view: DataView, at: number, ${rowParameter(fields)}): number {`, 0, []));
  fields.forEach(({ field, column, isNeeded, descriptor, isZoned }, index) => {
    const before = `${index === 0 ? "{" : ","}${JSON.stringify(field.name)}:`;
    const differs = joinCode([...(index === 0 ? [] : [code`at < 0`]), ...differences(before)], " || ");
    body.line(new Code(`// ${commentText(before)}`, 0, []));
    body.line(code`if (${differs}) return ${runtime("deviates")};`);
    const place = binary("+", at, numberCode(Buffer.byteLength(before)));
    body.line(code`at = ${isNeeded ? valueCall(field, place, column?.variable, descriptor, isZoned) : skipCall(place, field.type)};`);
  });
  body.line(code`return at < 0 ? ${runtime("deviates")} : ${callCode(runtime("endOfRecord"), new Code("input", Precedence.primary, []), at)};`);
  body.close(code`}`);
  return body;
}

/** A reader whose fields are all checked and none kept has no use for the row's number. */
function rowParameter(fields: readonly RecordField[]): string {
  return fields.some(({ column }) => column !== undefined) ? "row: number" : "_row: number";
}

function anyOrder(needed: readonly RecordField[]): Block {
  const body = new Block();
  body.line(code`// The value of one column, wherever in the record it stands.`);
  body.open(new Code(`function readColumn(${needed.length === 0 ? "_column" : "column"}: number, input: Uint8Array, view: DataView, at: number, ${rowParameter(needed)}): number {`, 0, []));
  if (needed.length > 0) {
    body.open(code`switch (column) {`);
    needed.forEach(({ field, column, descriptor, isZoned }, index) => {
      body.line(code`case ${numberCode(index)}: return ${valueCall(field, at, column?.variable, descriptor, isZoned)};`);
    });
    body.line(code`default: return ${skipCall(at)};`);
    body.close(code`}`);
  } else {
    body.line(code`return ${skipCall(at)};`);
  }
  body.close(code`}`);
  return body;
}

/** Every record is decoded exactly. */
function exactLoop(plan: ReaderPlan, columns: readonly ReaderColumn[]): Block {
  const body = new Block();
  body.open(code`return {`);
  body.open(code`read(chunk) {`);
  body.line(code`const { start, end } = records.begin(chunk);`);
  body.line(code`let row = 0;`);
  body.open(code`for (let at = start; at < end; at = records.next) {`);
  body.open(code`for (let left = records.decode(at); left > 0; left--) {`);
  body.line(code`records.store(row);`);
  body.line(plan.filter === undefined ? code`row++;` : code`if (keeps(row)) row++;`);
  body.close(code`}`);
  body.close(code`}`);
  body.line(code`return records.batch(row, ${objectCode(shownColumns(columns))});`);
  body.close(code`},`);
  body.close(code`};`);
  return body;
}

function readLoop(plan: ReaderPlan, columns: readonly ReaderColumn[], fields: readonly RecordField[]): Block {
  const body = new Block();
  const keep = plan.filter === undefined ? code`row++;` : code`if (keeps(row)) row++;`;
  body.open(code`return {`);
  body.open(code`read(chunk) {`);
  body.line(fields.length === 0 ? code`const { start, end, plainEnd } = records.begin(chunk);` : code`const { bytes: input, view, start, end, plainEnd } = records.begin(chunk);`);
  body.line(code`let row = 0;`);
  body.open(code`for (let at = start; at < end; ) {`);
  body.line(fields.length === 0 ? code`let next: number = ${runtime("deviates")};` : code`let next = at < plainEnd ? readInOrder(input, view, at, row) : ${runtime("deviates")};`);
  body.line(code`if (next < 0 && at < plainEnd) next = records.readAnyOrder(at, row, readColumn);`);
  body.open(code`if (next >= 0) {`);
  body.line(code`records.accept(at, row);`);
  body.line(keep);
  body.line(code`at = next;`);
  body.line(code`continue;`);
  body.close(code`}`);
  body.line(code`// What deviates is decoded exactly; a line may hold no record, or an array of them.`);
  body.open(code`for (let left = records.decode(at); left > 0; left--) {`);
  body.line(code`records.store(row);`);
  body.line(keep);
  body.close(code`}`);
  body.line(code`at = records.next;`);
  body.close(code`}`);
  body.line(code`return records.batch(row, ${objectCode(shownColumns(columns))});`);
  body.close(code`},`);
  body.close(code`};`);
  return body;
}
