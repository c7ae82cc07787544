import { propertyName } from "../../code/build.ts";
import { Code, Precedence } from "../../code/code.ts";
import { commentText, quote } from "../../code/literal.ts";
import type { Scope } from "../../code/scope.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { Field } from "../../ir/types/data-type.ts";
import { Block } from "../block.ts";
import { readLane } from "../column-access.ts";
import { laneClass, type LaneClass } from "./lane-class.ts";
import type { ReaderPlan } from "./reader-plan.ts";

/** A column that a reader fills. */
export interface ReaderColumn {
  readonly field: Field;
  readonly lane: LaneClass;
  /** The variable that holds the lane. */
  readonly variable: Code;
  readonly isShown: boolean;
  /** Whether it comes from elsewhere than the records. */
  readonly isHidden: boolean;
}

/** Where records come from: the file of a chunk, the message of a row. */
const hiddenLanes: Readonly<Record<string, { readonly lane: LaneClass; readonly member: string }>> = {
  _file: { lane: { name: "type FileColumn", typeArguments: "", ofChunk: false, shown: "FileColumn", showsValues: false }, member: "file" },
  _kafka: { lane: { name: "type MessageColumn", typeArguments: "", ofChunk: false, shown: "MessageColumn", showsValues: false }, member: "message" },
};

function hiddenLane(name: string): { readonly lane: LaneClass; readonly member: string } {
  return hiddenLanes[name] ?? internalError("E9007", `no reader fills the hidden column ${name}`);
}

/** The columns that a reader fills: those that the batch shows and those that its filter reads, in the order of the fields. */
export function readerColumns(plan: ReaderPlan, names: Scope): readonly ReaderColumn[] {
  const filled = new Set([...plan.columns, ...(plan.filter?.columns ?? [])]);
  const column = (field: Field, isHidden: boolean): ReaderColumn => ({ field, lane: isHidden ? hiddenLane(field.name).lane : laneClass(field), variable: names.name(field.name), isShown: plan.columns.includes(field.name), isHidden });
  const ofRecords = plan.fields.filter((field) => filled.has(field.name)).map((field) => column(field, false));
  return [...ofRecords, ...(plan.hiddenColumns ?? []).filter((field) => filled.has(field.name)).map((field) => column(field, true))];
}

/** The interface of a reader's columns. */
export function columnsInterface(plan: ReaderPlan, columns: readonly ReaderColumn[]): Code {
  const body = new Block();
  body.line(new Code(`/** Columns of ${commentText(plan.input)} that the job reads. */`, 0, []));
  body.open(new Code(`export interface ${plan.columnsType} {`, 0, []));
  for (const { field, lane, isShown } of columns) {
    if (!isShown) continue;
    const uses = lane.showsValues ? [] : [{ module: "runtime", name: lane.name }];
    body.line(new Code(`readonly ${propertyName(field.name)}: ${lane.shown};`, 0, uses));
  }
  body.close(new Code("}", 0, []));
  return body.code;
}

/** Makes a column's lane and enters it: `const status = records.lane("status", new Numbers());`. */
export function laneDeclaration({ field, lane, variable, isHidden }: ReaderColumn): Code {
  if (isHidden) return new Code(`const ${variable.text} = records.${hiddenLane(field.name).member};`, Precedence.statement, []);
  const chunk = lane.ofChunk ? "records.text" : "";
  return new Code(`const ${variable.text} = records.lane(${quote(field.name)}, new ${lane.name}${lane.typeArguments}(${chunk}));`, Precedence.statement, [{ module: "runtime", name: lane.name }]);
}

/** What the batch shows of the columns: `{ status: status.values, request }`. */
export function shownColumns(columns: readonly ReaderColumn[]): readonly (readonly [string, Code])[] {
  return columns.filter((column) => column.isShown).map(({ field, lane, variable }) => [field.name, lane.showsValues ? valuesOf(variable) : variable]);
}

/** The value of a column at `row`, for the reader's filter. */
export function columnValue(columns: readonly ReaderColumn[], name: string): Code {
  const column = columns.find(({ field }) => field.name === name);
  if (column === undefined) return internalError("E9007", "a reader's filter reads a column that the reader does not fill");
  const { lane, variable, field } = column;
  return readLane(lane.showsValues ? valuesOf(variable) : variable, new Code("row", Precedence.primary, []), field);
}

function valuesOf(variable: Code): Code {
  return new Code(`${variable.text}.values`, Precedence.postfix, []);
}
