import { notAWriter, unmarkedChanges, userMethodForm } from "../../diagnostics/catalogue/user-connectors.ts";
import type { Argument } from "../../ir/ast/expression.ts";
import type { ImportedRef } from "../../ir/expr/expr.ts";
import type { UserWriter } from "../../ir/logical/job.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { StreamingProperties } from "../../ir/logical/streaming-properties.ts";
import type { Shape } from "../../ir/types/shape.ts";
import type { Span } from "../../source/span.ts";
import { recordArgument, rowArgument, rowParameter } from "../expressions/row-argument.ts";
import { scopeOf } from "../expressions/scope.ts";
import type { JobContext } from "../job-context.ts";
import { exportedObject, methodOf } from "../user-functions/members.ts";
import { checkMethod, isBooleanOrNothing, takesError, takesNumber } from "../user-functions/method-form.ts";
import { type Place, placeOf } from "../user-functions/place.ts";
import { readCall, type ReadSignature } from "../user-functions/read-signature.ts";
import { importedArgument } from "./imported-argument.ts";

/** The user's code of a sink, read from its module, before the rows are known. */
export interface CheckedWriter {
  readonly writer: UserWriter;
  readonly signature: ReadSignature;
  /** Whether a row goes into the first parameter, or all rows of a batch. */
  readonly gets: "row" | "rows";
  /** Where the job gives it. */
  readonly at: Span;
  /** What is called with rows, in its module. */
  readonly place: Place;
}

/** The writer of `foreach`: an object with `process`, and `open` and `close` where it has them; undefined after a report. */
export function checkWriter(argument: Argument, job: JobContext): CheckedWriter | undefined {
  const given = importedArgument(argument, "foreach", "a writer", job);
  if (given === undefined) return undefined;
  const { node, imported, ref, at } = given;
  const object = exportedObject(node);
  const process = object === undefined ? undefined : methodOf(object, "process");
  if (object === undefined || process === undefined) {
    const isClass = node.getKindName() === "ClassDeclaration";
    const lack = isClass ? "it is a class, and not an object of it" : object === undefined ? "it is no object, and no function that makes one" : "it has no method `process`";
    const help = isClass ? `export an object: \`export const writer = new ${ref.exportName}()\`` : "export an object with `process(row)`; types of packages are not read";
    const declared = placeOf(node);
    job.report(notAWriter({ name: ref.name, lack }).at(at).also(declared.span, "declared here", declared.file).helped(help));
    return undefined;
  }
  const open = methodOf(object, "open");
  const close = methodOf(object, "close");
  const forms = [
    open === undefined || checkMethod(`${ref.name}.open`, open, { written: "open(partitionId: number, version: number): boolean", takes: [takesNumber, takesNumber], gives: { fits: isBooleanOrNothing, words: "whether it takes the rows: a boolean" }, waits: true }, given, job),
    close === undefined || checkMethod(`${ref.name}.close`, close, { written: "close(error?: Error): void", takes: [takesError], waits: true }, given, job),
  ];
  const signature = readCall(process.signatures, { imported, name: `${ref.name}.process`, node }, { results: "none", promises: true }, job.report);
  if (signature === undefined || forms.includes(false)) return undefined;
  return checkedWriter({ ref, name: `${ref.name}.process`, signature, gets: "row", at, place: process.place, most: 2, written: "process(row: Row, kind: RowKind): void" }, job);
}

/** The function of `foreachBatch`; undefined after a report. */
export function checkBatchWriter(argument: Argument, job: JobContext): CheckedWriter | undefined {
  const given = importedArgument(argument, "foreachBatch", "a function", job);
  if (given === undefined) return undefined;
  const signature = job.functions.signature(given.ref.name, { results: "none", promises: true });
  return signature === undefined ? undefined : checkedWriter({ ref: given.ref, name: given.ref.name, signature, gets: "rows", at: given.at, place: signature, most: 3, written: "f(rows: readonly Row[], batchId: number, kinds: readonly RowKind[]): void" }, job);
}

/** Holds the columns of a query against what the user's code takes of a row, and what happens to them against what it is told. */
export function checkGivenRows({ writer, signature, gets, at, place }: CheckedWriter, plan: LogicalPlan, properties: StreamingProperties, job: JobContext): void {
  const scope = scopeOf(plan, []);
  const named: ReadSignature = { ...signature, required: Math.min(signature.required, 1), ref: { ...signature.ref, name: writer.name } };
  const parameter = rowParameter(named, 0);
  if (gets === "rows" && parameter !== undefined) recordArgument(parameter, scope, at, job);
  else rowArgument(named, scope, at, job);
  if (!writer.kinds && plan.streaming && properties.of(plan).changelogMode === "retract") {
    job.report(unmarkedChanges({ name: writer.name }).at(at).also(place.span, "takes no kind", place.file).helped(gets === "row" ? "take it: `process(row, kind)` gets `\"+I\"` for a row that comes and `\"-D\"` for one that goes, or keep the keys of the result" : "take them: `f(rows, batchId, kinds)`, or keep the keys of the result"));
  }
}

/** What is known of the user's code that is called with rows. */
interface Callee {
  readonly ref: ImportedRef;
  readonly name: string;
  readonly signature: ReadSignature;
  readonly gets: CheckedWriter["gets"];
  readonly at: Span;
  readonly place: Place;
  /** How many arguments it is called with. */
  readonly most: number;
  readonly written: string;
}

function checkedWriter({ ref, name, signature, gets, at, place, most, written }: Callee, job: JobContext): CheckedWriter | undefined {
  const refuse = (problem: string): undefined => {
    job.report(userMethodForm({ name, problem }).at(at).also(place.span, "declared here", place.file).helped(`write \`${written}\``));
    return undefined;
  };
  const [rows, second, third] = signature.ref.parameters.map(({ shape }) => shape);
  if (rows === undefined) return refuse("takes no rows");
  if (signature.required > most) return refuse("takes more arguments than it is called with");
  const row = gets === "row" ? rows : rows.kind === "array" && rows.element.kind === "record" ? rows.element : undefined;
  if (row === undefined) return refuse("must take an array of rows, which are records");
  const kinds = gets === "row" ? second : third;
  if (gets === "rows" && second !== undefined && second.kind !== "number") return refuse("is given the batch's id as a number");
  if (kinds !== undefined && !takesKinds(kinds, gets)) return refuse(gets === "row" ? "is given the kind of a row as a text" : "is given the kinds of the rows as an array of texts");
  return { writer: { ref, name, shape: row, kinds: kinds !== undefined }, signature, gets, at, place };
}

function takesKinds(shape: Shape, gets: CheckedWriter["gets"]): boolean {
  return gets === "row" ? shape.kind === "string" : shape.kind === "array" && shape.element.kind === "string";
}
