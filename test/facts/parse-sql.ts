import {
  booleanType, dateType, decimalType, doubleType, durationType, intType, longType, nullType, recordType, stringType, timestampType, type DataType,
} from "../../compiler/ir/types/data-type.ts";
import { quote } from "../../compiler/code/literal.ts";
import { tryDateFromText } from "../../runtime/functions/cast-date.ts";
import { tryDecimalFromText } from "../../runtime/functions/cast-decimal.ts";
import { tryTimestampFromText } from "../../runtime/functions/cast-timestamp.ts";
import { canonicalInteger } from "../../runtime/functions/exact-integer.ts";
import { decodeInterval } from "./decode.ts";
import { sparkFields, sparkType } from "./spark-type.ts";
import type { SqlExpression } from "./sql-expression.ts";
import { sqlTokens, type SqlToken } from "./sql-tokens.ts";
import { untranslatable } from "./untranslatable.ts";

/** Parses an expression of Spark's SQL; throws `Untranslatable` for what Sluice has no word for. */
export function parseSql(sql: string): SqlExpression {
  const parser = new SqlParser(sqlTokens(sql));
  return parser.whole();
}

const castFunctions: ReadonlySet<string> = new Set(["double", "float", "int", "bigint", "string", "boolean", "date", "timestamp", "binary", "decimal"]);
const comparisons: ReadonlyMap<string, string> = new Map([["=", "="], ["==", "="], ["!=", "!="], ["<>", "!="], ["<", "<"], ["<=", "<="], [">", ">"], [">=", ">="], ["<=>", "is not distinct from"]]);
const unitMicros: Readonly<Record<string, number>> = {
  MICROSECOND: 1, MILLISECOND: 1e3, SECOND: 1e6, MINUTE: 6e7, HOUR: 3.6e9, DAY: 8.64e10, WEEK: 6.048e11,
};

class SqlParser {
  readonly #tokens: readonly SqlToken[];
  #at = 0;

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
  }

  whole(): SqlExpression {
    const expression = this.#or();
    return this.#peek().kind === "end" ? expression : untranslatable("SQL of another form");
  }

  #or(): SqlExpression {
    let left = this.#and();
    while (this.#takeWord("OR")) left = call("or", left, this.#and());
    return left;
  }

  #and(): SqlExpression {
    let left = this.#not();
    while (this.#takeWord("AND")) left = call("and", left, this.#not());
    return left;
  }

  #not(): SqlExpression {
    return this.#takeWord("NOT") ? call("not", this.#not()) : this.#predicate();
  }

  #predicate(): SqlExpression {
    let left = this.#additive();
    for (;;) {
      const symbol = comparisons.get(this.#peek().text);
      if (this.#peek().kind === "symbol" && symbol !== undefined) {
        this.#at++;
        left = call(symbol, left, this.#additive());
      } else if (this.#takeWord("IS")) {
        left = this.#is(left);
      } else {
        const negated = this.#takeWord("NOT");
        const test = this.#test(left);
        if (test === undefined) return negated ? untranslatable("SQL of another form") : left;
        left = negated ? call("not", test) : test;
      }
    }
  }

  #is(left: SqlExpression): SqlExpression {
    const not = this.#takeWord("NOT") ? "not " : "";
    if (this.#takeWord("DISTINCT")) {
      this.#word("FROM");
      return call(`is ${not}distinct from`, left, this.#additive());
    }
    for (const word of ["NULL", "TRUE", "FALSE"]) if (this.#takeWord(word)) return call(`is ${not}${word.toLowerCase()}`, left);
    return untranslatable("SQL of another form");
  }

  #test(left: SqlExpression): SqlExpression | undefined {
    if (this.#takeWord("BETWEEN")) {
      const low = this.#additive();
      this.#word("AND");
      return call("and", call(">=", left, low), call("<=", left, this.#additive()));
    }
    if (this.#takeWord("IN")) return call("in", left, ...this.#list());
    if (this.#takeWord("RLIKE") || this.#takeWord("REGEXP")) return call("rlike", left, this.#additive());
    if (!this.#takeWord("LIKE")) return undefined;
    if (this.#isWord("ANY") || this.#isWord("ALL")) untranslatable("like any");
    const pattern = this.#additive();
    if (this.#takeWord("ESCAPE")) return call("like", left, pattern, this.#additive());
    return call("like", left, pattern);
  }

  #additive(): SqlExpression {
    let left = this.#multiplicative();
    for (;;) {
      const symbol = this.#peek();
      if (symbol.kind !== "symbol" || !["+", "-", "||"].includes(symbol.text)) return left;
      this.#at++;
      left = call(symbol.text, left, this.#multiplicative());
    }
  }

  #multiplicative(): SqlExpression {
    let left = this.#unary();
    for (;;) {
      const symbol = this.#peek();
      if (this.#isWord("DIV")) untranslatable("div");
      if (symbol.kind !== "symbol" || !["*", "/", "%"].includes(symbol.text)) return left;
      this.#at++;
      left = call(symbol.text, left, this.#unary());
    }
  }

  #unary(): SqlExpression {
    if (this.#takeSymbol("+")) return this.#unary();
    if (!this.#takeSymbol("-")) return this.#postfix();
    const next = this.#peek();
    if (next.kind === "number") {
      this.#at++;
      return this.#suffixed(numberLiteral(next.text, true));
    }
    return call("negate", this.#unary());
  }

  #postfix(): SqlExpression {
    return this.#suffixed(this.#primary());
  }

  #suffixed(start: SqlExpression): SqlExpression {
    let value = start;
    for (;;) {
      if (this.#takeSymbol("[")) {
        value = { kind: "index", input: value, index: this.#or() };
        this.#symbol("]");
      } else if (this.#takeSymbol(".")) {
        value = { kind: "field", input: value, name: this.#next().text };
      } else return value;
    }
  }

  #primary(): SqlExpression {
    const token = this.#next();
    if (token.kind === "number") return numberLiteral(token.text, false);
    if (token.kind === "string") {
      let text = token.text;
      while (this.#peek().kind === "string") text += this.#next().text;
      return stringLiteral(text);
    }
    if (token.kind === "symbol" && token.text === "(") {
      const inner = this.#or();
      this.#symbol(")");
      return inner;
    }
    if (token.kind === "quoted") return { kind: "column", name: token.text };
    if (token.kind !== "word") return untranslatable("SQL of another form");
    return this.#afterWord(token.text);
  }

  #afterWord(word: string): SqlExpression {
    const upper = word.toUpperCase();
    const next = this.#peek();
    if (next.kind === "string" && ["DATE", "TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIME", "X"].includes(upper)) return typedLiteral(upper, this.#next().text);
    switch (upper) {
      case "NULL":
        return { kind: "literal", type: nullType, value: null, text: "null" };
      case "TRUE":
      case "FALSE":
        return { kind: "literal", type: booleanType, value: upper === "TRUE", text: upper.toLowerCase() };
      case "INTERVAL":
        return this.#interval();
      case "CASE":
        return this.#case();
      case "CAST":
      case "TRY_CAST":
        return this.#cast(upper === "TRY_CAST");
      default:
        return next.kind === "symbol" && next.text === "(" ? this.#called(word.toLowerCase()) : { kind: "column", name: word };
    }
  }

  #called(name: string): SqlExpression {
    const start = this.#at;
    this.#symbol("(");
    const distinct = this.#takeWord("DISTINCT");
    const star = this.#takeSymbol("*");
    if (star && (distinct || name !== "count")) untranslatable("distinct *");
    if (!star && !distinct) this.#at = start;
    const args = star ? [] : distinct ? this.#rest() : this.#list();
    if (star) this.#symbol(")");
    const called = functionCall(name, args);
    if (!this.#takeWord("FILTER")) return distinct && called.kind === "call" ? { ...called, distinct } : called;
    this.#symbol("(");
    this.#word("WHERE");
    const where = this.#or();
    this.#symbol(")");
    return called.kind === "call" ? { ...called, where, ...(distinct ? { distinct } : {}) } : untranslatable("SQL of another form");
  }

  #cast(safe: boolean): SqlExpression {
    this.#symbol("(");
    const input = this.#or();
    this.#word("AS");
    let depth = 0;
    let text = "";
    for (;;) {
      const token = this.#next();
      if (token.kind === "end") return untranslatable("SQL of another form");
      if (token.text === "(" || token.text === "<") depth++;
      if (token.text === ")" && depth === 0) break;
      if (token.text === ")" || token.text === ">") depth--;
      text += token.kind === "word" ? `${token.text} ` : token.text;
    }
    return { kind: "cast", input, type: sparkType(text), safe };
  }

  #case(): SqlExpression {
    const subject = this.#isWord("WHEN") ? undefined : this.#or();
    const clauses: { when: SqlExpression; then: SqlExpression }[] = [];
    while (this.#takeWord("WHEN")) {
      const when = this.#or();
      this.#word("THEN");
      clauses.push({ when: subject === undefined ? when : call("=", subject, when), then: this.#or() });
    }
    const otherwise = this.#takeWord("ELSE") ? this.#or() : undefined;
    this.#word("END");
    return { kind: "case", clauses, otherwise };
  }

  #interval(): SqlExpression {
    const negative = this.#takeSymbol("-");
    const amount = this.#next();
    const unit = this.#next().text.toUpperCase();
    if (this.#takeWord("TO")) return durationLiteral(decodeInterval(`'${amount.text}' ${unit} TO ${this.#next().text}`));
    const micros = unitMicros[unit.replace(/S$/, "")];
    if (micros === undefined) return untranslatable("an interval of months");
    if (!/^-?[\d.]+$/.test(amount.text)) return untranslatable("an interval of several units");
    if (this.#peek().kind === "number") untranslatable("an interval of several units");
    return durationLiteral(Math.round((negative ? -1 : 1) * Number(amount.text) * micros));
  }

  #list(): readonly SqlExpression[] {
    this.#symbol("(");
    return this.#takeSymbol(")") ? [] : this.#rest();
  }

  #rest(): readonly SqlExpression[] {
    const items: SqlExpression[] = [];
    do items.push(this.#or());
    while (this.#takeSymbol(","));
    this.#symbol(")");
    return items;
  }

  #peek(): SqlToken {
    return this.#tokens[this.#at] ?? { kind: "end", text: "" };
  }

  #next(): SqlToken {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token.kind === "word" && token.text.toUpperCase() === word;
  }

  #takeWord(word: string): boolean {
    const found = this.#isWord(word);
    if (found) this.#at++;
    return found;
  }

  #takeSymbol(text: string): boolean {
    const token = this.#peek();
    const found = token.kind === "symbol" && token.text === text;
    if (found) this.#at++;
    return found;
  }

  #word(word: string): void {
    if (!this.#takeWord(word)) untranslatable("SQL of another form");
  }

  #symbol(text: string): void {
    if (!this.#takeSymbol(text)) untranslatable("SQL of another form");
  }
}

function call(name: string, ...args: readonly SqlExpression[]): SqlExpression {
  return { kind: "call", name, args };
}

function functionCall(name: string, args: readonly SqlExpression[]): SqlExpression {
  const [first, second] = args;
  if (castFunctions.has(name) && first !== undefined && args.length === 1) return { kind: "cast", input: first, type: sparkType(name), safe: false };
  switch (name) {
    case "array":
      return { kind: "array", items: args };
    case "named_struct":
      return { kind: "record", fields: pairs(args) };
    case "struct":
    case "map":
      return untranslatable(name);
    case "isnull":
    case "isnotnull":
      return call(name === "isnull" ? "is null" : "is not null", ...args);
    case "from_json":
      if (first === undefined || second?.kind !== "literal" || typeof second.value !== "string" || args.length !== 2) return untranslatable("from_json with options");
      return { kind: "call", name, args: [first], asType: schemaOf(second.value) };
    default:
      return call(name, ...args);
  }
}

/** A column `_corrupt_record` would get the text: in Sluice that is a matter of the source (`malformed`). */
function schemaOf(text: string): DataType {
  const type = /^\s*(?:struct|array|map)\s*</i.test(text) ? sparkType(text) : recordType(sparkFields(text));
  return type.kind === "record" && type.fields.some(({ name }) => name === "_corrupt_record") ? untranslatable("from_json with _corrupt_record") : type;
}

function pairs(args: readonly SqlExpression[]): readonly (readonly [string, SqlExpression])[] {
  const fields: (readonly [string, SqlExpression])[] = [];
  for (let at = 0; at < args.length; at += 2) {
    const [name, value] = [args[at], args[at + 1]];
    if (name?.kind !== "literal" || typeof name.value !== "string" || value === undefined) return untranslatable("a field name that is no string");
    fields.push([name.value, value]);
  }
  return fields;
}

function stringLiteral(text: string): SqlExpression {
  return { kind: "literal", type: stringType, value: text, text: quote(text) };
}

function durationLiteral(micros: number): SqlExpression {
  const size = Math.abs(micros);
  const text = `${size % 1000 === 0 ? `${size / 1000} ms` : `${size} microseconds`}`;
  return { kind: "literal", type: durationType, value: micros, text: micros < 0 ? `-(${text})` : text };
}

/** The value is null where Sluice refuses the text. */
function typedLiteral(word: string, text: string): SqlExpression {
  const type = word === "DATE" ? dateType : word === "TIMESTAMP" ? timestampType : untranslatable(word === "X" ? "binary literals" : `${word.toLowerCase()} literals`);
  const value = type === dateType ? tryDateFromText(text) : tryTimestampFromText(text);
  return { kind: "literal", type, value, text: `${type.kind} ${quote(text)}` };
}

function numberLiteral(written: string, negative: boolean): SqlExpression {
  const suffix = /(?:BD|[LSYDF])$/.exec(written)?.[0] ?? "";
  const digits = (negative ? "-" : "") + written.slice(0, written.length - suffix.length);
  if (suffix === "S" || suffix === "Y") return untranslatable(suffix === "S" ? "type smallint" : "type tinyint");
  if (suffix === "F") return untranslatable("float literals");
  if (suffix === "D" || (suffix === "" && /[eE]/.test(digits))) {
    return { kind: "literal", type: doubleType, value: Number(digits), text: /[eE]/.test(digits) ? digits : `${digits.replace(/\.$/, ".0")}e0` };
  }
  if (suffix === "BD" || digits.includes(".")) return decimalLiteral(digits);
  const value = BigInt(digits);
  if (value < -(2n ** 63n) || value >= 2n ** 63n) return decimalLiteral(digits);
  const isInt = suffix === "" && value >= -(2n ** 31n) && value < 2n ** 31n;
  return { kind: "literal", type: isInt ? intType : longType, value: canonicalInteger(value), text: isInt || suffix === "" || value >= 2n ** 31n ? digits : `cast(${digits} as long)` };
}

function decimalLiteral(digits: string): SqlExpression {
  const [, whole = "", fraction = ""] = /^-?0*(\d*)\.?(\d*)$/.exec(digits) ?? [];
  const type = decimalType(Math.max(whole.length + fraction.length, 1), fraction.length);
  const value = type.precision > 38 ? null : tryDecimalFromText(digits, type.precision, type.scale);
  if (value === null) return untranslatable("a decimal of more than 38 digits");
  const isLarge = BigInt(`0${whole}`) >= 2n ** 63n;
  const text = fraction === "" && !isLarge ? `cast(${digits.replace(".", "")} as decimal(${type.precision},0))` : digits.replace(/^(-?)\./, "$10.");
  return { kind: "literal", type, value, text };
}
