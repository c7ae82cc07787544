import { rowInOption } from "../../diagnostics/catalogue/connectors.ts";
import { ambiguousColumn, columnAndParam, endedAlias, unknownAlias, unknownColumn, unknownField } from "../../diagnostics/catalogue/names.ts";
import { notARecord } from "../../diagnostics/catalogue/types.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { MemberExpression, NameExpression } from "../../ir/ast/expression.ts";
import type { Name } from "../../ir/ast/name.ts";
import { fieldAccess, literals, paramRef } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { Span } from "../../source/span.ts";
import { bindExpr } from "./bind-expr.ts";
import { applyOperator } from "./bind-operator.ts";
import type { ExprContext } from "./expr-context.ts";
import { isPoisoned, poison } from "./poison.ts";
import type { ScopeEntry } from "./scope.ts";
import { aliasesOf, entriesNamed, entriesQualified } from "./scope.ts";
import { typeWords } from "./type-words.ts";

/** A bare name: a column, or a param; never one hidden by the other. */
export function bindName(node: NameExpression, context: ExprContext): Expr {
  const { name, span } = node;
  const { job, scope } = context;
  const entries = entriesNamed(scope, name.text);
  const param = context.place === "default" ? undefined : job.params.get(name.text);
  if (entries.length > 0 && param !== undefined) {
    job.report(columnAndParam({ name: name.text, other: "param" }).at(span).also(param.span, "the param").helped("give the param another name"));
    return poison(span);
  }
  if (param !== undefined) return param.type.kind === "error" ? poison(span) : paramRef(name.text, param.type, param.nullable, span);
  if (entries.length === 0) return unknownName(name, span, context);
  return oneOf(entries, name.text, span, context);
}

/** `base.member`: a column under an alias, or a field of a record. */
export function bindMember(node: MemberExpression, context: ExprContext): Expr {
  const { base, member, span } = node;
  const { job, scope } = context;
  if (base.kind === "NameExpression") {
    const alias = base.name.text;
    const isAlias = aliasesOf(scope).has(alias);
    const columns = entriesNamed(scope, alias);
    if (isAlias) {
      const entries = entriesQualified(scope, alias, member.text);
      const asField = columns.length > 0 && columns.some(({ expr }) => expr.type.kind === "record" && expr.type.fields.some((field) => field.name === member.text));
      if (entries.length > 0 && asField) {
        job.report(ambiguousColumn({ name: `${alias}.${member.text}`, places: `the rows under the alias \`${alias}\` and the column \`${alias}\`` }).at(span).helped("give the alias another name"));
        return poison(span);
      }
      if (entries.length > 0) return oneOf(entries, `${alias}.${member.text}`, span, context);
      if (!asField) {
        // Which columns the rows have is not known: that was told where it was lost.
        if (scope.open) return poison(span);
        const names = scope.entries.filter((entry) => entry.qualifiers.includes(alias)).map((entry) => entry.name);
        const help = suggestion(member.text, names, "its columns are");
        const diagnostic = unknownColumn({ name: `${alias}.${member.text}` }).at(member.span);
        job.report(help === undefined ? diagnostic : diagnostic.helped(help));
        return poison(span);
      }
    } else if (scope.open) {
      // The name may be an alias of the rows that are not known.
      return poison(span);
    } else if (columns.length === 0 && context.place === "row" && !job.params.has(alias)) {
      unknownBase(base.name, context);
      return poison(span);
    }
  }
  return bindField(bindExpr(base, context), member, span, context);
}

/** A field of a bound record, or of every record of an array, or the value of a key of a map of strings. */
export function bindField(record: Expr, member: Name, span: Span, context: ExprContext): Expr {
  if (isPoisoned(record)) return poison(span);
  const { job } = context;
  if (record.type.kind === "map" && record.type.key.kind === "string") return applyOperator("[]", [record, literals.string(member.text, member.span)], span, span, context);
  const isArray = record.type.kind === "array";
  const type = record.type.kind === "array" ? record.type.element : record.type;
  if (type.kind !== "record") {
    job.report(notARecord({ found: typeWords(record.type), member: member.text }).at(record.origin ?? span));
    return poison(span);
  }
  const index = type.fields.findIndex((field) => field.name === member.text);
  const field = type.fields[index];
  if (field === undefined) {
    const help = suggestion(member.text, type.fields.map(({ name }) => name), "its fields are");
    const what = record.kind === "ColumnRef" ? `\`${record.name}\`` : record.kind === "FieldAccess" ? `\`${record.field}\`` : "the record";
    const diagnostic = unknownField({ name: member.text, record: what }).at(member.span);
    job.report(help === undefined ? diagnostic : diagnostic.helped(help));
    return poison(span);
  }
  if (isArray) return applyOperator(".", [record, literals.string(member.text, member.span)], span, span, context);
  // A field of a record made on the spot is the value that was put into it.
  const made = record.kind === "MakeRecord" ? record.values[index] : undefined;
  return made ?? fieldAccess(record, field.name, field.type, field.nullable, span);
}

function oneOf(entries: readonly ScopeEntry[], name: string, span: Span, { job }: ExprContext): Expr {
  const [first, second] = entries;
  if (first === undefined) return poison(span);
  if (second === undefined) return isPoisoned(first.expr) ? poison(span) : { ...first.expr, origin: span };
  const qualified = entries.flatMap((entry) => entry.qualifiers.slice(0, 1));
  const distinct = new Set(qualified).size === entries.length;
  const places = distinct ? qualified.map((alias) => `\`${alias}\``).join(" and ") : "both sides of the join";
  const bare = first.name;
  const help = distinct ? `say which: ${qualified.map((alias) => `\`${alias}.${bare}\``).join(" or ")}` : "give the two sides aliases with `as`, and say which: `a.NAME`";
  job.report(ambiguousColumn({ name, places }).at(span).helped(help));
  return poison(span);
}

function unknownName(name: Name, span: Span, context: ExprContext): Expr {
  const { job, scope } = context;
  if (scope.open) return poison(span);
  if (context.place !== "row") {
    const help = context.place === "option" ? suggestion(name.text, job.params.keys(), "params") : undefined;
    const diagnostic = rowInOption({ name: name.text }).at(span);
    job.report(help === undefined ? diagnostic : diagnostic.helped(help));
    return poison(span);
  }
  const diagnostic = unknownColumn({ name: name.text }).at(span);
  if (context.sameStep.has(name.text)) {
    job.report(diagnostic.labelled("defined by this same step").helped(`define \`${name.text}\` in a step of its own before this one`));
    return poison(span);
  }
  const columns = scope.entries.map((entry) => entry.name);
  const help = aliasesOf(scope).has(name.text)
    ? `\`${name.text}\` is an alias; name one of its columns: \`${name.text}.…\``
    : suggestion(name.text, [...columns, ...job.params.keys()], "the columns are");
  job.report(help === undefined ? diagnostic : diagnostic.helped(help));
  return poison(span);
}

/** Reports a name that is neither an alias nor a column, where one of them was to be taken apart. */
export function unknownBase(name: Name, { job, scope }: ExprContext): void {
  const endedBy = scope.ended.get(name.text);
  if (endedBy !== undefined) {
    job.report(endedAlias({ name: name.text, step: endedBy }).at(name.span).note("an alias lasts over steps that keep the row").helped("leave the alias out, or name the rows again with `as`"));
    return;
  }
  const help = suggestion(name.text, [...aliasesOf(scope), ...scope.entries.map((entry) => entry.name)], "aliases and columns are");
  const diagnostic = unknownAlias({ name: name.text }).at(name.span);
  job.report(help === undefined ? diagnostic : diagnostic.helped(help));
}
