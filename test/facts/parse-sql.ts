import {
  binaryType, booleanType, type DataType, dateType, decimalType, doubleType, durationType, floatType, intType, longType, nullType, recordType, stringType, timestampType,
} from "../../compiler/ir/types/data-type.ts";
import { quote } from "../../compiler/code/literal.ts";
import { tryDateFromText } from "../../runtime/functions/cast-date.ts";
import { tryDecimalFromText } from "../../runtime/functions/cast-decimal.ts";
import { tryTimestampFromText } from "../../runtime/functions/cast-timestamp.ts";
import { canonicalInteger } from "../../runtime/functions/exact-integer.ts";
import { decodeInterval } from "./decode.ts";
import { sparkFields, sparkType } from "./spark-type.ts";
import type { SqlExpression } from "./sql-expression.ts";
import { SqlCursor } from "./sql-cursor.ts";
import { sqlTokens } from "./sql-tokens.ts";
import { untranslatable } from "./untranslatable.ts";

/** Parses an expression of Spark's SQL; throws `Untranslatable` for what Sluice has no word for. */
export function parseSql(sql: string): SqlExpression {
  return new SqlParser(new SqlCursor(sqlTokens(sql))).whole();
}

/** Parses the expression that begins at the cursor, and leaves that behind it; throws `Untranslatable`. */
export function parseSqlAt(cursor: SqlCursor): SqlExpression {
  return new SqlParser(cursor).expression();
}

const castFunctions: ReadonlySet<string> = new Set(["double", "float", "int", "bigint", "string", "boolean", "date", "timestamp", "binary", "decimal"]);
/** Functions whose first argument may be the bare name of a unit. */
const withUnits: ReadonlySet<string> = new Set(["timestampadd", "timestampdiff", "dateadd", "date_add", "datediff", "date_diff"]);
const comparisons: ReadonlyMap<string, string> = new Map([["=", "="], ["==", "="], ["!=", "!="], ["<>", "!="], ["<", "<"], ["<=", "<="], [">", ">"], [">=", ">="], ["<=>", "is not distinct from"]]);
const unitMicros: Readonly<Record<string, number>> = {
  MICROSECOND: 1, MILLISECOND: 1e3, SECOND: 1e6, MINUTE: 6e7, HOUR: 3.6e9, DAY: 8.64e10, WEEK: 6.048e11,
};

class SqlParser {
  readonly #cursor: SqlCursor;

  constructor(cursor: SqlCursor) {
    this.#cursor = cursor;
  }

  whole(): SqlExpression {
    const expression = this.expression();
    return this.#cursor.peek().kind === "end" ? expression : untranslatable("SQL of another form");
  }

  expression(): SqlExpression {
    return this.#or();
  }

  #or(): SqlExpression {
    let left = this.#and();
    while (this.#cursor.takeWord("OR")) left = call("or", left, this.#and());
    return left;
  }

  #and(): SqlExpression {
    let left = this.#not();
    while (this.#cursor.takeWord("AND")) left = call("and", left, this.#not());
    return left;
  }

  #not(): SqlExpression {
    return this.#cursor.takeWord("NOT") ? call("not", this.#not()) : this.#predicate();
  }

  #predicate(): SqlExpression {
    let left = this.#additive();
    for (;;) {
      const symbol = comparisons.get(this.#cursor.peek().text);
      if (this.#cursor.peek().kind === "symbol" && symbol !== undefined) {
        this.#cursor.at++;
        left = call(symbol, left, this.#additive());
      } else if (this.#cursor.takeWord("IS")) {
        left = this.#is(left);
      } else {
        const negated = this.#cursor.takeWord("NOT");
        const test = this.#test(left);
        if (test === undefined) return negated ? untranslatable("SQL of another form") : left;
        left = negated ? call("not", test) : test;
      }
    }
  }

  #is(left: SqlExpression): SqlExpression {
    const not = this.#cursor.takeWord("NOT") ? "not " : "";
    if (this.#cursor.takeWord("DISTINCT")) {
      this.#word("FROM");
      return call(`is ${not}distinct from`, left, this.#additive());
    }
    for (const word of ["NULL", "TRUE", "FALSE"]) if (this.#cursor.takeWord(word)) return call(`is ${not}${word.toLowerCase()}`, left);
    return untranslatable("SQL of another form");
  }

  #test(left: SqlExpression): SqlExpression | undefined {
    if (this.#cursor.takeWord("BETWEEN")) {
      const low = this.#additive();
      this.#word("AND");
      return call("and", call(">=", left, low), call("<=", left, this.#additive()));
    }
    if (this.#cursor.takeWord("IN")) return call("in", left, ...this.#list());
    if (this.#cursor.takeWord("RLIKE") || this.#cursor.takeWord("REGEXP")) return call("rlike", left, this.#additive());
    if (this.#cursor.takeWord("ILIKE")) return call("ilike", left, this.#additive());
    if (!this.#cursor.takeWord("LIKE")) return undefined;
    if (this.#cursor.takeWord("ANY") || this.#cursor.takeWord("SOME")) return this.#list().map((pattern) => call("like", left, pattern)).reduce((any, next) => call("or", any, next));
    if (this.#cursor.takeWord("ALL")) return this.#list().map((pattern) => call("like", left, pattern)).reduce((all, next) => call("and", all, next));
    const pattern = this.#additive();
    return this.#cursor.takeWord("ESCAPE") ? likeWithEscape(left, pattern, this.#additive()) : call("like", left, pattern);
  }

  #additive(): SqlExpression {
    let left = this.#multiplicative();
    for (;;) {
      const symbol = this.#cursor.peek();
      if (symbol.kind !== "symbol" || !["+", "-", "||"].includes(symbol.text)) return left;
      this.#cursor.at++;
      left = call(symbol.text, left, this.#multiplicative());
    }
  }

  #multiplicative(): SqlExpression {
    let left = this.#unary();
    for (;;) {
      if (this.#cursor.takeWord("DIV")) {
        left = call("div", left, this.#unary());
        continue;
      }
      const symbol = this.#cursor.peek();
      if (symbol.kind !== "symbol" || !["*", "/", "%"].includes(symbol.text)) return left;
      this.#cursor.at++;
      left = call(symbol.text, left, this.#unary());
    }
  }

  #unary(): SqlExpression {
    if (this.#cursor.takeSymbol("+")) return this.#unary();
    if (!this.#cursor.takeSymbol("-")) return this.#postfix();
    const next = this.#cursor.peek();
    if (next.kind === "number") {
      this.#cursor.at++;
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
      if (this.#cursor.takeSymbol("[")) {
        value = { kind: "index", input: value, index: this.#or() };
        this.#symbol("]");
      } else if (this.#cursor.takeSymbol(".")) {
        value = { kind: "field", input: value, name: this.#cursor.next().text };
      } else return value;
    }
  }

  #primary(): SqlExpression {
    const token = this.#cursor.next();
    if (token.kind === "number") return numberLiteral(token.text, false);
    if (token.kind === "string") {
      let text = token.text;
      while (this.#cursor.peek().kind === "string") text += this.#cursor.next().text;
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
    const next = this.#cursor.peek();
    if (next.kind === "string" && ["DATE", "TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIME", "X"].includes(upper)) return typedLiteral(upper, this.#cursor.next().text);
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
    const start = this.#cursor.at;
    const special = name === "extract" ? this.#extract() : name === "trim" || name === "position" || name === "overlay" ? this.#withWords(name) : undefined;
    if (special !== undefined) return special;
    this.#cursor.at = start;
    this.#symbol("(");
    const distinct = this.#cursor.takeWord("DISTINCT");
    const star = this.#cursor.takeSymbol("*");
    if (star && (distinct || name !== "count")) untranslatable("distinct *");
    if (!star && !distinct) this.#cursor.at = start;
    const args = star ? [] : distinct ? this.#rest() : this.#list();
    if (star) this.#symbol(")");
    const called = functionCall(name, args);
    if (!this.#cursor.takeWord("FILTER")) return distinct && called.kind === "call" ? { ...called, distinct } : called;
    this.#symbol("(");
    this.#word("WHERE");
    const where = this.#or();
    this.#symbol(")");
    return called.kind === "call" ? { ...called, where, ...(distinct ? { distinct } : {}) } : untranslatable("SQL of another form");
  }

  /** `trim([BOTH|LEADING|TRAILING] chars FROM text)`, `position(part IN text)`, `overlay(text PLACING part FROM at [FOR length])`. */
  #withWords(name: string): SqlExpression | undefined {
    this.#symbol("(");
    const side = ["BOTH", "LEADING", "TRAILING"].find((word) => this.#cursor.takeWord(word));
    const first = name === "trim" || name === "overlay" ? this.#or() : this.#additive();
    if (!this.#cursor.takeWord({ trim: "FROM", position: "IN", overlay: "PLACING" }[name] ?? "")) return side === undefined ? undefined : untranslatable("SQL of another form");
    const args = [first, this.#or()];
    if (name === "overlay") for (const word of ["FROM", "FOR"]) if (this.#cursor.takeWord(word)) args.push(this.#or());
    this.#symbol(")");
    return call(side === "LEADING" ? "ltrim" : side === "TRAILING" ? "rtrim" : name, ...args);
  }

  /** `extract(FIELD FROM source)`. */
  #extract(): SqlExpression {
    this.#symbol("(");
    const field = this.#cursor.next().text;
    this.#word("FROM");
    const source = this.#or();
    this.#symbol(")");
    return call("date_part", stringLiteral(field), source);
  }

  #cast(safe: boolean): SqlExpression {
    this.#symbol("(");
    const input = this.#or();
    this.#word("AS");
    let depth = 0;
    let text = "";
    for (;;) {
      const token = this.#cursor.next();
      if (token.kind === "end") return untranslatable("SQL of another form");
      if (token.text === "(" || token.text === "<") depth++;
      if (token.text === ")" && depth === 0) break;
      if (token.text === ")" || token.text === ">") depth--;
      text += token.kind === "word" ? `${token.text} ` : token.text;
    }
    return { kind: "cast", input, type: sparkType(text), safe };
  }

  #case(): SqlExpression {
    const subject = this.#cursor.isWord("WHEN") ? undefined : this.#or();
    const clauses: { when: SqlExpression; then: SqlExpression }[] = [];
    while (this.#cursor.takeWord("WHEN")) {
      const when = this.#or();
      this.#word("THEN");
      clauses.push({ when: subject === undefined ? when : call("=", subject, when), then: this.#or() });
    }
    const otherwise = this.#cursor.takeWord("ELSE") ? this.#or() : undefined;
    this.#word("END");
    return { kind: "case", clauses, otherwise };
  }

  #interval(): SqlExpression {
    const negative = this.#cursor.takeSymbol("-");
    const amount = this.#cursor.next();
    const unit = this.#cursor.next().text.toUpperCase();
    const yearsAndMonths = unit === "YEAR" ? /^(-?)(\d+)-(\d+)$/.exec(amount.text) : null;
    if (yearsAndMonths !== null && this.#cursor.takeWord("TO")) {
      this.#word("MONTH");
      const [, sign, years, more] = yearsAndMonths;
      return monthsLiteral((negative !== (sign === "-") ? -1 : 1) * (Number(years) * 12 + Number(more)));
    }
    if (this.#cursor.takeWord("TO")) return durationLiteral(decodeInterval(`'${amount.text}' ${unit} TO ${this.#cursor.next().text}`));
    const months = { MONTH: 1, YEAR: 12 }[unit.replace(/S$/, "")];
    if (months !== undefined && /^-?\d+$/.test(amount.text) && this.#cursor.peek().kind !== "number") return monthsLiteral((negative ? -1 : 1) * Number(amount.text) * months);
    const micros = unitMicros[unit.replace(/S$/, "")];
    if (micros === undefined) return untranslatable("an interval of months");
    if (!/^-?[\d.]+$/.test(amount.text)) return untranslatable("an interval of several units");
    if (this.#cursor.peek().kind === "number") untranslatable("an interval of several units");
    return durationLiteral(Math.round((negative ? -1 : 1) * Number(amount.text) * micros));
  }

  #list(): readonly SqlExpression[] {
    this.#symbol("(");
    return this.#cursor.takeSymbol(")") ? [] : this.#rest();
  }

  #rest(): readonly SqlExpression[] {
    const items: SqlExpression[] = [];
    do items.push(this.#or());
    while (this.#cursor.takeSymbol(","));
    this.#symbol(")");
    return items;
  }

  #word(word: string): void {
    if (!this.#cursor.takeWord(word)) untranslatable("SQL of another form");
  }

  #symbol(text: string): void {
    if (!this.#cursor.takeSymbol(text)) untranslatable("SQL of another form");
  }
}

function call(name: string, ...args: readonly SqlExpression[]): SqlExpression {
  return { kind: "call", name, args };
}

function functionCall(name: string, args: readonly SqlExpression[]): SqlExpression {
  const [first, second] = args;
  if (castFunctions.has(name) && first !== undefined && args.length === 1) return { kind: "cast", input: first, type: sparkType(name), safe: false };
  if (withUnits.has(name) && args.length === 3 && first?.kind === "column") return call(name, stringLiteral(first.name), ...args.slice(1));
  switch (name) {
    case "array":
      return { kind: "array", items: args };
    case "named_struct":
      return args.every((arg, at) => at % 2 === 1 || isText(arg)) && args.length % 2 === 0 ? { kind: "record", fields: pairs(args) } : call(name, ...args);
    case "to_json":
      return first === undefined ? call(name) : { kind: "call", name, args: [first], options: jsonOptions(second) };
    case "from_json":
      if (first === undefined || second?.kind !== "literal" || typeof second.value !== "string") return untranslatable("from_json of another form");
      return { kind: "call", name, args: [first], asType: schemaOf(second.value), options: jsonOptions(args[2]) };
    default:
      return call(name, ...args);
  }
}

function isText(expression: SqlExpression): boolean {
  return expression.kind === "literal" && typeof expression.value === "string";
}

/** Sluice's `like` has the backslash for its escape character only: a constant pattern is written with it. */
function likeWithEscape(left: SqlExpression, pattern: SqlExpression, escape: SqlExpression): SqlExpression {
  if (pattern.kind !== "literal" || typeof pattern.value !== "string" || escape.kind !== "literal" || typeof escape.value !== "string") return call("like", left, pattern, escape);
  const mark = escape.value;
  if ([...mark].length !== 1) return call("like", left, pattern, escape);
  const characters = [...pattern.value];
  let text = "";
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    if (character !== mark) {
      text += character === "\\" ? "\\\\" : character;
      continue;
    }
    const next = characters[++at] ?? "";
    text += next === mark && !["%", "_", "\\"].includes(next) ? next : `\\${next}`;
  }
  return call("like", left, stringLiteral(text));
}

/** `map('mode', 'FAILFAST')`: options are written behind the arguments, and those that are booleans are no texts. */
function jsonOptions(map: SqlExpression | undefined): readonly (readonly [name: string, value: string])[] {
  if (map === undefined) return [];
  if (map.kind !== "call" || map.name !== "map") return untranslatable("options of another form");
  return map.args.flatMap((name, at): readonly (readonly [string, string])[] => {
    const value = map.args[at + 1];
    if (at % 2 === 1) return [];
    if (!isText(name) || name.kind !== "literal" || value?.kind !== "literal" || !isText(value)) return untranslatable("options of another form");
    const text = String(value.value);
    return [[String(name.value), text === "true" || text === "false" ? text : quote(text)]];
  });
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

function monthsLiteral(months: number): SqlExpression {
  return { kind: "literal", type: durationType, value: null, text: months < 0 ? `-(${-months} months)` : `${months} months` };
}

function durationLiteral(micros: number): SqlExpression {
  const size = Math.abs(micros);
  const text = `${size % 1000 === 0 ? `${size / 1000} ms` : `${size} microseconds`}`;
  return { kind: "literal", type: durationType, value: micros, text: micros < 0 ? `-(${text})` : text };
}

/** The value is null where Sluice refuses the text. */
function typedLiteral(word: string, text: string): SqlExpression {
  if (word === "X") return { kind: "literal", type: binaryType, value: Uint8Array.from(Buffer.from(text.length % 2 === 0 ? text : `0${text}`, "hex")), text: `unhex(${quote(text)})` };
  const type = word === "DATE" ? dateType : word === "TIMESTAMP" ? timestampType : untranslatable(`${word.toLowerCase()} literals`);
  const value = type === dateType ? tryDateFromText(text) : tryTimestampFromText(text);
  return { kind: "literal", type, value, text: `${type.kind} ${quote(text)}` };
}

function numberLiteral(written: string, negative: boolean): SqlExpression {
  const suffix = /(?:BD|[LSYDF])$/.exec(written)?.[0] ?? "";
  const digits = (negative ? "-" : "") + written.slice(0, written.length - suffix.length);
  if (suffix === "S" || suffix === "Y") return untranslatable(suffix === "S" ? "type smallint" : "type tinyint");
  if (suffix === "F") return { kind: "cast", input: stringLiteral(digits), type: floatType, safe: false };
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
