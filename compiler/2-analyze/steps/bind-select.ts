import { ambiguousColumn, duplicateColumn, unnamedColumn } from "../../diagnostics/catalogue/names.ts";
import { notARecord } from "../../diagnostics/catalogue/types.ts";
import type { Expression, StarExpression } from "../../ir/ast/expression.ts";
import type { SelectItem, StepOf } from "../../ir/ast/step.ts";
import { fieldAccess } from "../../ir/expr/build.ts";
import type { Span } from "../../source/span.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { unknownBase } from "../expressions/bind-name.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import { aliasesOf, endAliases, entriesNamed, openScope, visibleEntries } from "../expressions/scope.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { JobContext } from "../job-context.ts";
import type { BoundRelation, NewColumn } from "./bound-relation.ts";
import { projected } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";

interface Selected extends NewColumn {
  readonly span: Span;
}

/** `select`: the row is rebuilt, so aliases end here. */
export function bindSelect(step: StepOf<"Select">, input: BoundRelation, { job }: StepContext): BoundRelation {
  let unknown = input.poisoned;
  const columns = step.items.flatMap((item) => {
    const selected = bindItem(item, input, job);
    if (selected === undefined) unknown = true;
    return selected ?? [];
  });
  const kept = withoutDuplicates(columns, job);
  const result = projected(job, input, kept, endAliases(input.scope, "select"), false, step.span);
  return unknown ? { ...result, scope: openScope, poisoned: true } : result;
}

/** The name that an expression has of its own: a column's or a field's. */
export function ownName(node: Expression): string | undefined {
  if (node.kind === "NameExpression") return node.name.text;
  return node.kind === "MemberExpression" ? node.member.text : undefined;
}

/** Reports columns of one name; the first of them stays. */
export function withoutDuplicates<C extends NewColumn & { readonly span: Span }>(columns: readonly C[], job: JobContext): readonly C[] {
  const first = new Map<string, Span>();
  return columns.filter(({ name, span }) => {
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, span);
      return true;
    }
    const diagnostic = duplicateColumn({ name }).at(span);
    const sameItem = before.start === span.start && before.end === span.end;
    job.report((sameItem ? diagnostic.labelled(`both sides have a column \`${name}\``) : diagnostic.also(before, "the first of them")).helped("give one of them another name with `as`"));
    return false;
  });
}

function bindItem(item: SelectItem, input: BoundRelation, job: JobContext): readonly Selected[] | undefined {
  if (item.value.kind === "StarExpression") return bindStar(item.value, input, job);
  const expr = bindExpr(item.value, rowContext(job, input.scope));
  const name = item.alias?.text ?? ownName(item.value);
  if (name !== undefined) return [{ name, qualifiers: [], expr, span: item.alias?.span ?? item.span }];
  if (!isPoisoned(expr)) job.report(unnamedColumn({ what: "this column" }).at(item.value.span).helped("write `… as NAME`"));
  return undefined;
}

/** `*`, `alias.*`, `record.*`. */
function bindStar(node: StarExpression, { scope }: BoundRelation, job: JobContext): readonly Selected[] | undefined {
  const all = visibleEntries(scope);
  if (node.base === undefined) return scope.open ? undefined : all.map(({ name, expr }) => ({ name, qualifiers: [], expr, span: node.span }));
  if (node.base.kind === "NameExpression" && aliasesOf(scope).has(node.base.name.text)) {
    const alias = node.base.name.text;
    if (entriesNamed(scope, alias).some(({ expr }) => expr.type.kind === "record")) {
      job.report(ambiguousColumn({ name: `${alias}.*`, places: `the rows under the alias \`${alias}\` and the column \`${alias}\`` }).at(node.span).helped("give the alias another name"));
      return undefined;
    }
    return all.filter((entry) => entry.qualifiers.includes(alias)).map(({ name, expr }) => ({ name, qualifiers: [], expr, span: node.span }));
  }
  if (scope.open) return undefined;
  if (node.base.kind === "NameExpression" && entriesNamed(scope, node.base.name.text).length === 0) {
    unknownBase(node.base.name, rowContext(job, scope));
    return undefined;
  }
  const record = bindExpr(node.base, rowContext(job, scope));
  if (isPoisoned(record)) return undefined;
  const { type } = record;
  if (type.kind !== "record") {
    job.report(notARecord({ found: typeWords(type), member: "*" }).at(node.base.span));
    return undefined;
  }
  return type.fields.map((field, index) => {
    const made = record.kind === "MakeRecord" ? record.values[index] : undefined;
    return { name: field.name, qualifiers: [], expr: made ?? fieldAccess(record, field.name, field.type, field.nullable, node.span), span: node.span };
  });
}
