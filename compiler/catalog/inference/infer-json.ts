import { tryTimestampFromText } from "../../../runtime/functions/cast-timestamp.ts";
import type { DataType, Field } from "../../ir/types/data-type.ts";
import { arrayType, booleanType, decimalType, doubleType, longType, nullType, recordType, stringType, timestampType } from "../../ir/types/data-type.ts";
import { mergeFields, mergeJsonTypes, settled } from "./merge-types.ts";
import type { Inferred } from "./inferred.ts";

/** Spark's options of the same names. */
export interface JsonSampleOptions {
  readonly primitivesAsString: boolean;
  readonly prefersDecimal: boolean;
  readonly inferTimestamp: boolean;
}

/**
 * The columns of JSON records as Spark infers them (JsonInferSchema): every one may be null, whole numbers are long, texts are
 * strings, what differs and has no common type is a string; columns in the order of their names. The records stand one after
 * another, in arrays or not, each on a line or on several.
 */
export function inferJson(text: string, options: JsonSampleOptions): Inferred {
  const sample = new JsonSample(text, options);
  try {
    let record: DataType = nullType;
    while (sample.hasMore()) {
      let root = sample.value();
      while (root.kind === "array") root = root.element;
      if (root.kind !== "null" && root.kind !== "record") return { ok: false, at: sample.position, reason: "a record is wanted, found another value" };
      record = mergeJsonTypes(record, root);
    }
    const type = settled(record);
    return type?.kind === "record" ? { ok: true, fields: type.fields } : { ok: false, at: 0, reason: "there is no record with a field in it" };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, at: sample.position, reason: error.message };
    throw error;
  }
}

const texts = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const numbers = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const words = /null|true|false|NaN|-?Infinity|[+-]INF/y;
const spaces = /[ \t\r\n\uFEFF]*/y;
const deepest = 500;

/** Walks over JSON text and gives types in the place of values. */
class JsonSample {
  position = 0;
  readonly #text: string;
  readonly #options: JsonSampleOptions;
  #depth = 0;

  constructor(text: string, options: JsonSampleOptions) {
    this.#text = text;
    this.#options = options;
  }

  hasMore(): boolean {
    this.#take(spaces);
    return this.position < this.#text.length;
  }

  value(): DataType {
    this.#take(spaces);
    const first = this.#text[this.position];
    if (first === "{" || first === "[") {
      if (++this.#depth > deepest) throw new SyntaxError("the value is nested too deep");
      const type = first === "{" ? this.#record() : this.#array();
      this.#depth--;
      return type;
    }
    const text = this.#take(texts);
    if (text !== undefined) return this.#typeOfText(text);
    const word = this.#take(words);
    if (word === "null") return nullType;
    if (word !== undefined) return this.#options.primitivesAsString ? stringType : word === "true" || word === "false" ? booleanType : doubleType;
    const number = this.#take(numbers);
    if (number === undefined) throw new SyntaxError("no JSON value");
    return this.#options.primitivesAsString ? stringType : this.#typeOfNumber(number);
  }

  #record(): DataType {
    let fields: readonly Field[] = [];
    this.position++;
    if (this.#sign("}")) return recordType(fields);
    do {
      this.#take(spaces);
      const name = this.#take(texts);
      if (name === undefined) throw new SyntaxError("a field's name is wanted");
      if (!this.#sign(":")) throw new SyntaxError("`:` is wanted");
      fields = mergeFields(fields, [{ name: String(JSON.parse(name)), type: this.value(), nullable: true }]);
    } while (this.#sign(","));
    if (!this.#sign("}")) throw new SyntaxError("`,` or `}` is wanted");
    return recordType(fields);
  }

  #array(): DataType {
    let element: DataType = nullType;
    this.position++;
    if (this.#sign("]")) return arrayType(element, true);
    do element = mergeJsonTypes(element, this.value());
    while (this.#sign(","));
    if (!this.#sign("]")) throw new SyntaxError("`,` or `]` is wanted");
    return arrayType(element, true);
  }

  /** An empty text may stand for null: it says nothing. */
  #typeOfText(token: string): DataType {
    const text = String(JSON.parse(token));
    if (text === "") return nullType;
    if (this.#options.prefersDecimal) {
      const decimal = decimalOf(text);
      if (decimal !== undefined) return decimal;
    }
    return this.#options.inferTimestamp && tryTimestampFromText(text) !== null ? timestampType : stringType;
  }

  #typeOfNumber(text: string): DataType {
    if (/^-?\d+$/.test(text)) {
      const value = BigInt(text);
      return BigInt.asIntN(64, value) === value ? longType : (decimalOf(text) ?? doubleType);
    }
    return this.#options.prefersDecimal ? (decimalOf(text) ?? doubleType) : doubleType;
  }

  #sign(sign: string): boolean {
    this.#take(spaces);
    if (this.#text[this.position] !== sign) return false;
    this.position++;
    return true;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }
}

/** The decimal that has room for a number as it is written; undefined beyond 38 digits. */
function decimalOf(text: string): DataType | undefined {
  const parts = /^[+-]?(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (parts === null || `${parts[1] ?? ""}${parts[2] ?? ""}` === "") return undefined;
  const digits = `${parts[1] ?? ""}${parts[2] ?? ""}`.replace(/^0+(?=.)/, "").length;
  const scale = (parts[2] ?? "").length - Number(parts[3] ?? 0);
  const precision = Math.max(digits, scale);
  return scale >= 0 && precision <= 38 ? decimalType(precision, scale) : undefined;
}
