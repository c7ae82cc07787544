import { unknownFunction, unnamedColumn } from "../../diagnostics/catalogue/names.ts";
import { initialOfStream, initialState, stateKey, stateResult, stateRow, stateTimeout } from "../../diagnostics/catalogue/user-state.ts";
import { wrongArgumentType } from "../../diagnostics/catalogue/types.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import { isOrderable } from "../../catalog/types/index.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { StepOf } from "../../ir/ast/step.ts";
import { makeRecord } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { Column } from "../../ir/logical/column.ts";
import type { GroupColumn, InitialState, KeptState, KeyForm, UserStateSpec } from "../../ir/logical/plan.ts";
import { UserState } from "../../ir/logical/plan.ts";
import { recordType, sameType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { bindFunctionKey } from "../expressions/bind-user-call.ts";
import { coerce } from "../expressions/coerce.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned, poison } from "../expressions/poison.ts";
import { recordArgument } from "../expressions/row-argument.ts";
import { endAliases, entriesNamed, scopeOf, visibleEntries, type Scope } from "../expressions/scope.ts";
import { shapeWords } from "../expressions/shape-words.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { JobContext } from "../job-context.ts";
import { dataTypeOf, mayBeNull } from "../user-functions/data-type-of.ts";
import type { ImportedValue } from "../user-functions/user-functions.ts";
import { fieldsOf, readStateFunction, type ReadStateFunction } from "../user-functions/read-state-function.ts";
import { likeArgument } from "../user-functions/result-type-for.ts";
import { takes } from "../user-functions/takes.ts";
import { ownName } from "./bind-select.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { poisonedRelation } from "./bound-relation.ts";
import { planDuration } from "./plan-duration.ts";
import type { StepContext } from "./step-context.ts";

type StateStep = StepOf<"State">;

/** `state f by k, … [initial TABLE] [timeout D [processing time]]`: f's parameters say which of the shapes it has. The row is new: aliases and event time end. */
export function bindState(step: StateStep, input: BoundRelation, context: StepContext): BoundRelation {
  const { job, ids } = context;
  const operatorId = ids.next("state", step.named, step.span);
  const at = step.function.span;
  const imported = importedValue(step.function, job);
  const read = imported === undefined ? undefined : readStateFunction(imported, at, (diagnostic) => job.report(diagnostic));
  const rows = rowContext(job, input.scope);
  const written = step.keys.map((key) => (key.kind === "NameExpression" ? bindFunctionKey(key.name.text, key.span, rows) : undefined) ?? bindExpr(key, rows));
  const timeout = bindTimeout(step, read, job);
  const first = step.initial === undefined ? undefined : context.relation(step.initial);
  if (read === undefined) return poisonedRelation(step.span);
  job.functions.checkRepeats(read.ref.name, [read.node], at);
  const keys = bindKeys(step, written, read, job);
  if (input.poisoned || keys === undefined || timeout === "refused" || first?.poisoned === true) return poisonedRelation(step.span);
  const keyForm = bindKeyForm(step, keys, read, job);
  const row = bindRow(read, keys, input.scope, at, job);
  const initial = first === undefined || step.initial === undefined ? undefined : bindInitial(step.initial.text, step.initial.span, first, keys, read, job);
  const columns = resultColumns(read, row, keys, at, job);
  if (keyForm === "refused" || isPoisoned(row) || initial === "refused" || columns === undefined) return poisonedRelation(step.span);
  job.functions.use(read.ref);
  const byEventTime = timeout?.byClock === false || read.eventTimer !== undefined;
  const spec: UserStateSpec = { kind: read.kind, fn: read.ref, keys, keyForm, row, rowShape: read.row.shape, kept: read.kept, columns, timeout, byEventTime, ...(read.eventTimer === undefined ? {} : { eventTimer: read.eventTimer }), initial };
  const plan = new UserState(input.plan, initial === undefined ? undefined : first?.plan, spec, operatorId, step.span);
  return { plan, scope: scopeOf(plan, [], endAliases(input.scope, "state")), poisoned: false };
}

/** What the step names; undefined after a report. */
function importedValue(name: Name, job: JobContext): ImportedValue | undefined {
  if (job.declarations.functions.has(name.text)) return job.functions.imported(name.text);
  const help = suggestion(name.text, job.declarations.functions.keys(), "imported are") ?? `import it: \`import { ${name.text} } from "./functions.ts"\``;
  job.report(unknownFunction({ name: name.text }).at(name.span).helped(help));
  return undefined;
}

function bindTimeout({ timeout }: StateStep, read: ReadStateFunction | undefined, job: JobContext): UserStateSpec["timeout"] | "refused" {
  if (timeout === undefined) return undefined;
  const span = planDuration(timeout.duration, "a timeout", job);
  if (span === undefined) return "refused";
  const at = timeout.duration.span;
  if (span <= 0) {
    job.report(stateTimeout({ reason: "a timeout is longer than nothing" }).at(at).helped("write `timeout 1 hour`"));
    return "refused";
  }
  if (read?.kind === "process") {
    job.report(stateTimeout({ reason: `\`${read.ref.name}\` has named states, which take timers and no timeout` }).at(at).also(read.place.span, "declared here", read.place.file).helped(timerHelp(read.kept)));
    return "refused";
  }
  return { span, byClock: timeout.processingTime };
}

/** What sets a timer in place of a timeout. */
function timerHelp(kept: KeptState): string {
  const timers = kept.kind === "named" ? kept.timers : undefined;
  return `leave \`timeout\` out${timers === undefined ? ", declare \`timers: Timers\` beside the states" : ""} and set a timer: \`${timers ?? "timers"}.atEventTime(…)\`, \`${timers ?? "timers"}.atProcessingTime(…)\``;
}

/** The keys by their names; undefined after a report. */
function bindKeys(step: StateStep, written: readonly Expr[], read: ReadStateFunction, job: JobContext): readonly GroupColumn[] | undefined {
  const taken = new Set<string>();
  const keys = written.flatMap((expr, index): readonly GroupColumn[] => {
    const node = step.keys[index];
    if (node === undefined || isPoisoned(expr)) return [];
    if (!isOrderable(expr.type)) {
      job.report(wrongArgumentType({ name: "state … by", expected: "a value that can be compared", found: typeWords(expr.type) }).at(node.span));
      return [];
    }
    const own = ownName(node);
    if (read.kind === "update" && (own === undefined || taken.has(own))) {
      job.report(unnamedColumn({ what: "this key" }).at(node.span).helped("compute it before: `|> extend … as NAME`"));
      return [];
    }
    let name = own ?? `key${index + 1}`;
    for (let n = 2; taken.has(name); n++) name = `${own ?? "key"}${n}`;
    taken.add(name);
    return [{ id: job.newColumn(), name, expr }];
  });
  return keys.length === written.length ? keys : undefined;
}

/** How the function takes the key, held against the columns after `by`. */
function bindKeyForm(step: StateStep, keys: readonly GroupColumn[], { key, ref }: ReadStateFunction, job: JobContext): KeyForm | undefined | "refused" {
  if (key === undefined) return undefined;
  const [first] = keys;
  const at = step.keys[0]?.span ?? step.span;
  const refuse = (expected: string, found: string, help: string): "refused" => {
    job.report(stateKey({ name: ref.name, expected, found }).at(at).also(key.place.span, `\`${key.name}\` is declared as ${key.place.typeText}`, key.place.file).helped(help));
    return "refused";
  };
  const record = `{ ${keys.map(({ name, expr }) => `${name}: ${declared(expr)}`).join("; ")} }`;
  if (key.elements !== undefined) {
    if (key.elements.length !== keys.length) return refuse(`${key.elements.length} values`, `${keys.length}`, `declare it \`${key.name}: [${keys.map(({ expr }) => declared(expr)).join(", ")}]\``);
    const wrong = keys.find(({ expr }, index) => takes(expr, key.elements?.[index] ?? key.shape) !== undefined);
    if (wrong !== undefined) return refuse(`\`${key.place.typeText}\``, `\`${wrong.name}\`, which is ${typeOrNull(wrong.expr)}`, `declare it \`${key.name}: [${keys.map(({ expr }) => declared(expr)).join(", ")}]\``);
    return { form: "tuple", shapes: key.elements };
  }
  if (key.shape.kind === "record" && !(keys.length === 1 && first?.expr.type.kind === "record")) {
    for (const { name, shape } of key.shape.fields) {
      const own = keys.find((candidate) => candidate.name === name);
      if (own !== undefined && takes(own.expr, shape) === undefined) continue;
      return refuse(`a record with \`${name}\``, own === undefined ? `${keys.map((candidate) => `\`${candidate.name}\``).join(", ")}` : typeOrNull(own.expr), `declare it \`${key.name}: ${record}\``);
    }
    return { form: "record", fields: key.shape.fields };
  }
  if (keys.length > 1 || first === undefined) return refuse(`\`${key.place.typeText}\``, `${keys.length} columns`, `declare it \`${key.name}: ${record}\``);
  if (takes(first.expr, key.shape) !== undefined) return refuse(`\`${key.place.typeText}\``, typeOrNull(first.expr), `declare it \`${key.name}: ${declared(first.expr)}\``);
  return { form: "value", shape: key.shape };
}

/** What the function is given of a row: the columns that its type names, or the one that is no key. */
function bindRow({ row, ref }: ReadStateFunction, keys: readonly GroupColumn[], scope: Scope, at: Span, job: JobContext): Expr {
  const { shape, place, name, fieldPlaces } = row;
  if (shape.kind === "record") return recordArgument({ functionName: ref.name, name, shape, place, fieldPlaces }, scope, at, job);
  const isKey = (expr: Expr): boolean => expr.kind === "ColumnRef" && keys.some((key) => key.expr.kind === "ColumnRef" && key.expr.id === expr.id);
  const others = visibleEntries(scope).filter(({ expr }) => !isKey(expr));
  const [only] = others;
  if (only !== undefined && others.length === 1 && takes(only.expr, shape) === undefined) return only.expr;
  const found = only === undefined ? "no column beside the keys" : others.length > 1 ? `several columns: ${others.map((entry) => `\`${entry.name}\``).join(", ")}` : `\`${only.name}\`, which is ${typeOrNull(only.expr)}`;
  job.report(stateRow({ name: ref.name, expected: shapeWords(shape), found }).at(at).also(place.span, `declared as ${place.typeText}`, place.file).helped(others.length > 1 ? "take records of the columns that it reads, or `select` the keys and one column before" : "declare the type of the column"));
  return poison(at);
}

/** The columns that the function gives; undefined after a report. */
function resultColumns({ kind, ref, returnsRows, place }: ReadStateFunction, row: Expr, keys: readonly GroupColumn[], at: Span, job: JobContext): readonly Column[] | undefined {
  const { shape } = ref.returns;
  const like = returnsRows && !isPoisoned(row) ? likeArgument(shape, row.type) : dataTypeOf(shape);
  const columns = fieldsOf(shape).map(({ name, shape: own }): Column => {
    const type = like.kind === "record" ? (like.fields.find((field) => field.name === name)?.type ?? dataTypeOf(own)) : like;
    return { id: job.newColumn(), name, type, nullable: mayBeNull(own) };
  });
  const twice = kind === "update" ? columns.find(({ name }) => keys.some((key) => key.name === name)) : undefined;
  if (twice === undefined) return columns;
  job.report(stateResult({ name: ref.name, reason: `keeps a state with a field \`${twice.name}\`, and a key has that name` }).at(at).also(place.span, "declared here", place.file).helped("leave the key out of the state: the step gives it back"));
  return undefined;
}

/** The first states, from the columns of a table that have the names of the keys and of the state's fields. */
function bindInitial(name: string, at: Span, first: BoundRelation, keys: readonly GroupColumn[], { kept, ref, place }: ReadStateFunction, job: JobContext): InitialState | "refused" {
  const refuse = (message: string, label: string, help: string): "refused" => {
    job.report(initialState({ message, label }).at(at).also(place.span, "declared here", place.file).helped(help));
    return "refused";
  };
  if (first.plan.streaming) {
    job.report(initialOfStream({ name }).at(at).helped("name a `table`"));
    return "refused";
  }
  if (kept.kind !== "one") return refuse(`\`${ref.name}\` has named states, which begin empty`, "these have no place", "leave `initial` out");
  const wanted = [...keys.map((key) => key.name), ...fieldsOf(kept.shape).map((field) => field.name)];
  const column = (sought: string): Expr | undefined => {
    const entries = entriesNamed(first.scope, sought);
    return entries.length === 1 ? entries[0]?.expr : undefined;
  };
  const help = `its columns are the keys and what the state holds: ${wanted.map((each) => `\`${each}\``).join(", ")}`;
  const ofKeys: Expr[] = [];
  for (const key of keys) {
    const expr = column(key.name);
    if (expr === undefined) return refuse(`first states in \`${name}\` have no column \`${key.name}\`, which is a key`, `no column \`${key.name}\``, help);
    if (!sameType(expr.type, key.expr.type) && !(expr.type.kind === "int" && key.expr.type.kind === "long")) return refuse(`the key \`${key.name}\` is ${typeWords(key.expr.type)}, and in \`${name}\` it is ${typeWords(expr.type)}`, `\`${key.name}\` is ${typeWords(expr.type)}`, "cast one of them");
    if (expr.nullable && !key.expr.nullable) return refuse(`the key \`${key.name}\` is never null, and in \`${name}\` it may be`, `\`${key.name}\` may be null`, `declare \`${key.name}\` without \`?\` there`);
    ofKeys.push(coerce(expr, key.expr.type));
  }
  const values: Expr[] = [];
  for (const field of fieldsOf(kept.shape)) {
    const expr = column(field.name);
    if (expr === undefined) return refuse(`first states in \`${name}\` have no column \`${field.name}\`, which is a part of the state`, `no column \`${field.name}\``, help);
    const misfit = takes(expr, field.shape);
    if (misfit !== undefined) return refuse(`\`${field.name}\` of the state is ${shapeWords(field.shape)}, and in \`${name}\` it is ${typeOrNull(expr)}`, `\`${field.name}\` is ${typeOrNull(expr)}`, misfit.why === "null" ? `declare it ${shapeWords(field.shape)} or null in the state` : "declare the same in both");
    values.push(expr);
  }
  const [only] = values;
  if (kept.shape.kind !== "record") return { keys: ofKeys, state: only ?? poison(at) };
  const { fields } = kept.shape;
  return { keys: ofKeys, state: makeRecord(recordType(fields.map((field, index) => ({ name: field.name, type: values[index]?.type ?? dataTypeOf(field.shape), nullable: values[index]?.nullable ?? true }))), values, at) };
}

/** The TypeScript type to declare for a column. */
function declared({ type, nullable }: Expr): string {
  const own = { int: "number", long: "bigint", float: "number", double: "number", timestamp: "Date", date: "Date", binary: "Uint8Array", boolean: "boolean" }[type.kind as string] ?? "string";
  return nullable ? `${own} | null` : own;
}

function typeOrNull({ type, nullable }: Pick<Expr, "type" | "nullable">): string {
  return `${typeWords(type)}${nullable ? " or null" : ""}`;
}
