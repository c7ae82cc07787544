import { quote } from "../../compiler/code/literal.ts";
import { type DataType, typeText } from "../../compiler/ir/types/data-type.ts";
import type { RuntimeValue } from "../../runtime/functions/runtime-value.ts";
import { decode } from "./decode.ts";
import type { FunctionFact } from "./fact.ts";
import { parseSql } from "./parse-sql.ts";
import { sparkType } from "./spark-type.ts";
import type { SqlCall, SqlExpression } from "./sql-expression.ts";
import { reasonOf, untranslatable } from "./untranslatable.ts";

/** A column that a translated expression reads: one row holds its value. */
export interface FactColumn {
  readonly name: string;
  readonly type: DataType;
  readonly value: RuntimeValue;
}

/** A fact as Sluice is asked it. */
export interface Translation {
  readonly ok: true;
  /** In Sluice's syntax. */
  readonly text: string;
  /** The same before it was written. */
  readonly expression: SqlExpression;
  readonly columns: readonly FactColumn[];
}

/** The Sluice expression of a fact, or why there is none (a type, function or form that is not there). */
export function translateSql(fact: FunctionFact): Translation | { readonly ok: false; readonly reason: string } {
  try {
    if (fact.volatile !== undefined) untranslatable("depends on the day");
    const { expression, columns } = partsOf(fact);
    return { ok: true, text: writeSluice(expression, columns), expression, columns };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

/** An expression over columns of these names as Sluice writes it; throws `Untranslatable`. */
export function writeSluice(expression: SqlExpression, columns: readonly FactColumn[]): string {
  return new Writer(columns).write(expression);
}

function partsOf(fact: FunctionFact): { readonly expression: SqlExpression; readonly columns: readonly FactColumn[] } {
  if (!/^\s*SELECT\b/i.test(fact.sql)) return { expression: parseSql(fact.sql), columns: [] };
  const query = /^\s*SELECT\s+(.*)\s+AS\s+r\s+FROM\s+(?:lines|VALUES\s*\(.*\)\s+AS\s+t\(([^()]*)\))\s*$/is.exec(fact.sql);
  if (query === null) return untranslatable("a query of another form");
  const names = query[2]?.split(",").map((name) => name.trim()) ?? ["value"];
  const columns = names.map((name, at) => {
    const encoded = fact.args?.[at];
    const type = encodedType(encoded);
    return { name, type, value: decode(encoded, type) };
  });
  return { expression: parseSql(query[1] ?? ""), columns };
}

/** The type that an encoded value names by its prefix or its form. */
function encodedType(encoded: unknown): DataType {
  if (typeof encoded === "number") return sparkType("int");
  if (typeof encoded === "boolean") return sparkType("boolean");
  if (typeof encoded !== "string") return untranslatable("a column that is no scalar");
  const prefix = /^(?:null:(.+)|(bigint|smallint|tinyint|float|double|decimal\(\d+,\d+\)|date|timestamp_ntz|timestamp|binary|interval|string):)/.exec(encoded);
  return sparkType(prefix?.[1] ?? prefix?.[2] ?? "string");
}

const infix: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "||", "=", "!=", "<", "<=", ">", ">=", "and", "or", "rlike", "is distinct from", "is not distinct from"]);

class Writer {
  readonly #columns: readonly FactColumn[];

  constructor(columns: readonly FactColumn[]) {
    this.#columns = columns;
  }

  write(expression: SqlExpression): string {
    switch (expression.kind) {
      case "literal":
        return isMonths(expression) ? untranslatable("an interval of months as a value") : expression.text;
      case "column":
        return this.#columns.some((column) => column.name === expression.name) ? expression.name : untranslatable(`the name ${expression.name}`);
      case "cast":
        if (isDuration(expression.input)) return untranslatable("the text of an interval of other units");
        return `${expression.safe ? "try_cast" : "cast"}(${this.write(expression.input)} as ${typeText(expression.type)})`;
      case "case": {
        const clauses = expression.clauses.map(({ when, then }) => ` when ${this.write(when)} then ${this.write(then)}`).join("");
        return `case${clauses}${expression.otherwise === undefined ? "" : ` else ${this.write(expression.otherwise)}`} end`;
      }
      case "array":
        return `[${expression.items.map((item) => this.write(item)).join(", ")}]`;
      case "record":
        if (expression.fields.length === 0) return untranslatable("an empty record");
        if (new Set(expression.fields.map(([name]) => name)).size < expression.fields.length) return untranslatable("a record with two fields of one name");
        return `{ ${expression.fields.map(([name, value]) => `${fieldName(name)}: ${this.write(value)}`).join(", ")} }`;
      case "field":
        if (expression.input.kind === "record" && hasOtherCase(expression.input.fields, expression.name)) return untranslatable("names in another case");
        return `(${this.write(expression.input)}).${fieldName(expression.name)}`;
      case "index":
        return `(${this.write(expression.input)})[${this.write(expression.index)}]`;
      case "call":
        return this.#call(expression);
    }
  }

  #call({ name, args, asType, options = [], distinct, where }: SqlCall): string {
    const [, last] = args;
    if ((name === "+" || name === "-") && args[0] !== undefined && last?.kind === "literal" && isMonths(last)) return `(${this.write(args[0])} ${name} ${last.text})`;
    const written = args.map((arg) => this.write(arg));
    const [first = "", second = "", ...rest] = written;
    const more = options.map(([option, value]) => `, ${option}: ${value}`).join("");
    if (asType !== undefined) return `${name}(${first} as ${typeText(asType)}${more})`;
    if (more !== "") return `${name}(${first}${more})`;
    if (where !== undefined || distinct === true) return `${name}(${distinct === true ? "distinct " : ""}${written.join(", ")}${where === undefined ? "" : ` where ${this.write(where)}`})`;
    if (infix.has(name) && written.length === 2) return `(${first} ${name} ${second})`;
    if (name === "like") return args.length === 2 ? `(${first} like ${second})` : untranslatable("like with an escape");
    if (name === "in") return `(${first} in (${[second, ...rest].join(", ")}))`;
    if (name === "not") return `(not ${first})`;
    if (name === "negate") return `(-(${first}))`;
    if (name.startsWith("is ")) return `(${first} ${name})`;
    return /^[a-z_][a-z0-9_]*$/.test(name) ? `${name}(${written.join(", ")})` : untranslatable(`the operator ${name}`);
  }
}

/** A literal of months, which is no value but may be added to one. */
export function isMonths(literal: Extract<SqlExpression, { kind: "literal" }>): boolean {
  return literal.type.kind === "duration" && literal.value === null && literal.text !== "null";
}

function isDuration(expression: SqlExpression): boolean {
  return expression.kind === "literal" && expression.type.kind === "duration";
}

function hasOtherCase(fields: readonly (readonly [name: string, value: SqlExpression])[], name: string): boolean {
  return fields.every(([field]) => field !== name) && fields.some(([field]) => field.toLowerCase() === name.toLowerCase());
}

function fieldName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : name === "" || /[`\n]/.test(name) ? untranslatable(`the field name ${quote(name)}`) : `\`${name}\``;
}
