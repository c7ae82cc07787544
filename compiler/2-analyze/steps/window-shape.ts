import { evaluateConstant } from "../../catalog/expressions/evaluate.ts";
import { paramNotAllowed, unknownWindow } from "../../diagnostics/catalogue/names.ts";
import { badWindow, monthsNotFixed } from "../../diagnostics/catalogue/types.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { Argument, CallExpression, Expression } from "../../ir/ast/expression.ts";
import { durationWords } from "../../ir/expr/duration-words.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { foreignWindow } from "../expressions/foreign-windows.ts";
import { isPoisoned } from "../expressions/poison.ts";
import { emptyScope } from "../expressions/scope.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { JobContext } from "../job-context.ts";

/** A window of one length before it meets a row: its time is still as written. Lengths in microseconds. */
export interface FixedShape {
  readonly kind: "tumbling" | "sliding";
  readonly time: Expression;
  readonly size: number;
  readonly slide: number;
  readonly offset: number;
  /** Over whole batches. */
  readonly ofBatches?: true;
}

/** A session before it meets a row: its gap too may be of the row. */
export interface SessionShape {
  readonly kind: "session";
  readonly time: Expression;
  readonly gap: Expression;
}

export type WindowShape = FixedShape | SessionShape;

const kinds = ["tumbling", "sliding", "session", "batches"];
const forms: Readonly<Record<string, string>> = {
  tumbling: "`tumbling(t, 1 hour)`",
  sliding: "`sliding(t, 5 minutes, every 1 minute)`",
  session: "`session(t, gap 30 minutes)`",
  batches: "`batches(30 seconds)` or `batches(30 seconds, every 10 seconds)`",
};

/** Whether a call is a window. */
export function isWindowCall(node: Expression): node is CallExpression {
  return node.kind === "CallExpression" && kinds.includes(node.callee.text);
}

/** The window that a call describes; undefined after a report. */
export function windowShape(node: CallExpression, job: JobContext): WindowShape | undefined {
  const kind = node.callee.text;
  if (kind === "session") return sessionShape(node, job);
  if (kind === "batches") return batchesShape(node, job);
  if (kind === "tumbling" || kind === "sliding") return fixedShape(kind, node, job);
  reportKind(node, job);
  return undefined;
}

/** A tumbling or a sliding window (semantics X1: 0 < slide <= size, |offset| < slide); undefined after a report. */
export function fixedShape(kind: FixedShape["kind"], node: CallExpression, job: JobContext): FixedShape | undefined {
  const wrong = (message: string): undefined => wrongWindow(node, message, job);
  const positional = node.args.filter((argument) => argument.name === undefined);
  const named = node.args.filter((argument) => argument.name !== undefined);
  const unexpected = named.find((argument) => !["every", "offset"].includes(argument.name?.text ?? ""));
  if (unexpected !== undefined) return wrong(`a ${kind} window has no \`${unexpected.name?.text ?? ""}\``);
  const every = named.find((argument) => argument.name?.text === "every") ?? (kind === "sliding" ? positional[2] : undefined);
  const offset = named.find((argument) => argument.name?.text === "offset");
  const [time, size] = positional;
  if (time === undefined || size === undefined || node.where !== undefined || positional.length > (every === positional[2] && every !== undefined ? 3 : 2)) {
    return wrong(`a ${kind} window has a time and a size${kind === "sliding" ? ", and `every`" : ""}${positional.length > 2 ? "; `offset` before a duration moves it" : ""}`);
  }
  if (isSwapped(time, size)) return wrong("a window's time stands before its length");
  if (kind === "tumbling" && every !== undefined) return wrong("a tumbling window has no `every`: its windows follow each other");
  if (kind === "sliding" && every === undefined) return wrong("a sliding window needs `every`: how far apart its windows start");
  const lengths = [size, every, offset].map((argument) => (argument === undefined ? undefined : length(argument, job)));
  if ([size, every, offset].some((argument, index) => argument !== undefined && lengths[index] === undefined)) return undefined;
  const [sizeLength = 0, slideLength = sizeLength, offsetLength = 0] = lengths;
  if (sizeLength <= 0) return wrong("a window must have a length");
  if (slideLength <= 0) return wrong("the windows must start some time apart");
  if (slideLength > sizeLength) return wrong("the windows would leave gaps: `every` is longer than the size");
  if (offset !== undefined && Math.abs(offsetLength) >= slideLength) {
    const rest = offsetLength % slideLength;
    const help = rest === 0 ? "leave it out: the windows are the same" : `write what is left of it, for the same windows: \`offset ${rest < 0 ? "-" : ""}${durationWords(Math.abs(rest))}\``;
    job.report(badWindow({ message: `the offset must be shorter than ${kind === "sliding" ? "`every`" : "the size"}` }).at(offset.span).labelled("too long").helped(help));
    return undefined;
  }
  return { kind, time: time.value, size: sizeLength, slide: slideLength, offset: offsetLength };
}

/** A session with its gap, by place or by name (semantics S4); one that is a literal is looked at here, any other where the row is known. */
function sessionShape(node: CallExpression, job: JobContext): SessionShape | undefined {
  const unexpected = node.args.find(({ name }) => name !== undefined && name.text !== "gap");
  if (unexpected !== undefined) return wrongWindow(node, `a session window has no \`${unexpected.name?.text ?? ""}\``, job);
  const [time, ...others] = node.args.filter(({ name }) => name === undefined);
  const gaps = [...others, ...node.args.filter(({ name }) => name !== undefined)];
  const [gap] = gaps;
  if (time === undefined || gap === undefined || gaps.length > 1 || node.where !== undefined) return wrongWindow(node, "a session window has a time and a gap", job);
  if (isSwapped(time, gap)) return wrongWindow(node, "a session's time stands before its gap", job);
  if (gap.value.kind === "DurationLiteral" && length(gap, job) === undefined) return undefined;
  return { kind: "session", time: time.value, gap: gap.value };
}

/** A window over whole batches, by the clock: its length and how far apart the windows end, if not that length too. What they are multiples of is the trigger's. */
function batchesShape(node: CallExpression, job: JobContext): FixedShape | undefined {
  const positional = node.args.filter(({ name }) => name === undefined);
  const named = node.args.filter(({ name }) => name !== undefined);
  const unexpected = named.find(({ name }) => name?.text !== "every");
  if (unexpected !== undefined) return wrongWindow(node, `a window over batches has no \`${unexpected.name?.text ?? ""}\``, job);
  const [size, second, ...others] = [...positional, ...named];
  if (size === undefined || size.name !== undefined || others.length > 0 || node.where !== undefined) return wrongWindow(node, "a window over batches has a size, and maybe `every`", job);
  if (size.value.kind === "NameExpression" && !job.params.has(size.value.name.text)) return wrongWindow(node, "a window over batches goes by the clock, and takes no time", job);
  const sizeLength = length(size, job);
  const slideLength = second === undefined ? sizeLength : length(second, job);
  if (sizeLength === undefined || slideLength === undefined) return undefined;
  if (sizeLength <= 0) return wrongWindow(node, "a window must have a length", job);
  if (slideLength <= 0) return wrongWindow(node, "the windows must end some time apart", job);
  if (slideLength > sizeLength) return wrongWindow(node, "the windows would leave gaps: `every` is longer than the size", job);
  const { span } = node;
  const time: CallExpression = { kind: "CallExpression", span, callee: { text: "current_timestamp", span }, args: [], where: undefined };
  return { kind: sizeLength === slideLength ? "tumbling" : "sliding", time, size: sizeLength, slide: slideLength, offset: 0, ofBatches: true };
}

/** `tumbling(5 minutes, at)` */
function isSwapped(time: Argument, length: Argument): boolean {
  return time.value.kind === "DurationLiteral" && length.value.kind !== "DurationLiteral";
}

function wrongWindow(node: CallExpression, message: string, job: JobContext): undefined {
  job.report(badWindow({ message }).at(node.span).helped(`write ${forms[node.callee.text] ?? ""}`));
  return undefined;
}

function reportKind(node: CallExpression, job: JobContext): void {
  const kind = node.callee.text;
  const foreign = foreignWindow(kind);
  const help = foreign === undefined ? suggestion(kind, kinds, "windows") : `write \`${foreign.join("` or `")}\``;
  const diagnostic = unknownWindow({ name: kind }).at(node.callee.span);
  job.report(help === undefined ? diagnostic : diagnostic.helped(help));
}

function length(argument: Argument, job: JobContext): number | undefined {
  const node = argument.value;
  if (node.kind === "DurationLiteral") {
    if (node.months === 0) return node.microseconds;
    job.report(monthsNotFixed({ where: "a window" }).at(node.span).helped("write a number of days"));
    return undefined;
  }
  const param = node.kind === "NameExpression" ? job.params.get(node.name.text) : undefined;
  if (node.kind === "NameExpression" && param !== undefined) {
    job.report(paramNotAllowed({ name: node.name.text, where: "a window's length" }).at(node.span).also(param.span, "the param").helped("write the duration here: `5 minutes`"));
    return undefined;
  }
  if (namesColumn(node, job)) {
    job.report(badWindow({ message: "a window's length is one for all rows" }).at(node.span).labelled("goes by the row").helped("write a duration: `5 minutes`"));
    return undefined;
  }
  const expr = bindExpr(node, { ...rowContext(job, emptyScope), place: "option" });
  if (isPoisoned(expr)) return undefined;
  const evaluated = expr.type.kind === "duration" ? evaluateConstant(expr) : undefined;
  if (evaluated?.ok === true && typeof evaluated.value === "number") return evaluated.value;
  job.report(badWindow({ message: `a window's length is a duration, found ${expr.type.kind === "duration" ? "no constant" : typeWords(expr.type)}` }).at(node.span).helped("write a duration: `5 minutes`"));
  return undefined;
}

/** Whether a name that is no param stands anywhere in an expression. */
function namesColumn(node: unknown, job: JobContext): boolean {
  if (typeof node !== "object" || node === null) return false;
  if ("kind" in node && node.kind === "NameExpression" && "name" in node && typeof node.name === "object" && node.name !== null && "text" in node.name) return !job.params.has(String(node.name.text));
  return Object.values(node).some((child: unknown) => namesColumn(child, job));
}
