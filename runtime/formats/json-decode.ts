import type { RuntimeValue } from "../functions/runtime-value.ts";
import type { TimeZone } from "../time/time-zone.ts";
import { timeZone, utc, type ZoneId } from "../time/zone.ts";
import { scalarFromNumber, scalarFromString } from "./json/json-scalar.ts";
import type { DatetimeFormats } from "./datetime-formats.ts";
import type { JsonSyntax } from "./json/json-options.ts";
import { JsonScanner, JsonSyntaxProblem } from "./json/json-scanner.ts";
import { rewriteValue } from "./json/json-text.ts";
import { descriptorText, type MapValueType, type RecordValueType, type ValueType } from "./value-type.ts";

export interface JsonDecodeOptions {
  /**
   * What a number, object or array becomes in a string: its own text, as the JSON reader has it, or written anew, as
   * `from_json` has it (the two differ in Spark: `1.10` and `1.1`).
   */
  readonly texts: "source" | "rewritten";
  /** The time zone of timestamps that name none. */
  readonly zone?: TimeZone | ZoneId;
  /** What is allowed beyond the standard. */
  readonly syntax?: JsonSyntax;
  /** Dates and timestamps that are written by a pattern. */
  readonly formats?: DatetimeFormats;
}

export interface JsonOutcome {
  /**
   * The decoded value. Where only some fields do not fit, those are null and the others kept (Spark's PERMISSIVE partial results);
   * null where the text is not JSON or not of the type at all.
   */
  readonly value: RuntimeValue;
  /** Why the text is malformed for this type: names the field; undefined where it is not. */
  readonly problem: string | undefined;
  /** The text holds nothing but white space. */
  readonly blank: boolean;
}

/**
 * Decodes one JSON text by a type, exactly: longs and decimals by their digits. Unknown fields are ignored, the last of equal names
 * counts (in a map too), a missing field is null; null in a place that may not be null is a problem, and so is text after the value. The rules are
 * Spark's (org.apache.spark.sql.catalyst.json.JacksonParser).
 */
export function decodeJsonText(text: string, type: ValueType, options: JsonDecodeOptions = readerOptions): JsonOutcome {
  return new JsonDecoder(text, options).decode(type);
}

const readerOptions: JsonDecodeOptions = { texts: "source" };

/** What a value that does not fit its type becomes until it is known where it stands. */
const unfit = Symbol("unfit");
type Decoded = RuntimeValue | typeof unfit;

class JsonDecoder {
  readonly #scanner: JsonScanner;
  readonly #texts: JsonDecodeOptions["texts"];
  readonly #zone: TimeZone;
  readonly #formats: DatetimeFormats | undefined;
  readonly #syntax: JsonSyntax | undefined;
  #problem: { readonly path: string[]; readonly message: string } | undefined;

  constructor(text: string, options: JsonDecodeOptions) {
    this.#scanner = new JsonScanner(text, options.syntax);
    this.#formats = options.formats;
    this.#syntax = options.syntax;
    this.#texts = options.texts;
    this.#zone = timeZone(options.zone ?? utc);
  }

  decode(type: ValueType): JsonOutcome {
    const scanner = this.#scanner;
    try {
      const token = scanner.peek();
      if (token === "end") return { value: null, problem: "the text is empty", blank: true };
      // Spark reads one object as an array of one.
      const single = type.kind === "array" && type.element.kind === "record" && token === "object";
      const decoded = single ? this.#items([this.#value(type.element)]) : this.#value(type);
      if (scanner.peek() !== "end") scanner.fail("nothing more");
      return { value: decoded === unfit ? null : decoded, problem: this.#problemText(), blank: false };
    } catch (error) {
      if (error instanceof JsonSyntaxProblem) return { value: null, problem: error.message, blank: false };
      throw error;
    }
  }

  #value(type: ValueType): Decoded {
    const scanner = this.#scanner;
    const token = scanner.peek();
    const from = scanner.at;
    if (token === "null") {
      scanner.word("null");
      return type.nullable ? null : this.#report("null", type);
    }
    if (type.kind === "record") {
      if (token === "object") return this.#record(type);
    } else if (type.kind === "array") {
      if (token === "array") return this.#array(type.element);
    } else if (type.kind === "map") {
      if (token === "object") return this.#map(type);
    } else if (type.kind === "string") {
      return this.#text(token);
    } else if (token === "number") {
      const number = scanner.number();
      return scalarFromNumber(number, type) ?? this.#report(number, type);
    } else if (token === "string") {
      const text = scanner.string();
      const byPattern = type.kind === "date" || type.kind === "timestamp" ? this.#formats?.[type.kind] : undefined;
      return (byPattern === undefined ? scalarFromString(text, type, this.#zone, this.#syntax) : byPattern(text)) ?? this.#report(JSON.stringify(text), type);
    } else if (type.kind === "boolean" && (token === "true" || token === "false")) {
      scanner.word(token);
      return token === "true";
    }
    scanner.skip();
    return this.#report(scanner.text.slice(from, scanner.at), type);
  }

  #text(token: string): Decoded {
    const scanner = this.#scanner;
    if (token === "string") return scanner.string();
    if (this.#texts === "rewritten") return rewriteValue(scanner);
    const from = scanner.at;
    scanner.skip();
    return scanner.text.slice(from, scanner.at);
  }

  #record(type: RecordValueType): Decoded {
    const scanner = this.#scanner;
    const record: Record<string, RuntimeValue> = { ...type.empty };
    let seen = 0;
    scanner.open();
    for (let first = true; scanner.more(first, 0x7d); first = false) {
      const name = scanner.name();
      // Fields mostly come in the order of the schema.
      const expected = type.fields[seen];
      const field = expected?.name === name ? expected : type.fields[type.index.get(name) ?? -1];
      if (field === undefined) {
        scanner.skip();
        continue;
      }
      const before = this.#problem;
      const value = this.#value(field.type);
      if (value !== unfit) record[field.name] = value;
      if (this.#problem !== before) this.#problem?.path.unshift(name);
      seen++;
    }
    // However many were seen: a name that comes twice does not stand in for another.
    this.#missing(type, record);
    return record;
  }

  #missing(type: RecordValueType, record: Record<string, RuntimeValue>): void {
    const field = type.fields.find(({ name, type: fieldType }) => !fieldType.nullable && record[name] === null);
    if (field !== undefined) this.#problem ??= { path: [field.name], message: "is missing" };
  }

  /** A member that does not fit spoils the map; the last of equal keys counts, in the place of the first. */
  #map(type: MapValueType): Decoded {
    const scanner = this.#scanner;
    const map = new Map<RuntimeValue, RuntimeValue>();
    let fits = true;
    scanner.open();
    for (let first = true; scanner.more(first, 0x7d); first = false) {
      const key = scanner.name();
      const before = this.#problem;
      const value = this.#value(type.value);
      if (this.#problem !== before) this.#problem?.path.unshift(key);
      if (value === unfit) fits = false;
      else map.set(key, value);
    }
    return fits ? map : unfit;
  }

  #array(element: ValueType): Decoded {
    const items: Decoded[] = [];
    this.#scanner.open();
    for (let first = true; this.#scanner.more(first, 0x5d); first = false) items.push(this.#value(element));
    return this.#items(items);
  }

  /** One item that does not fit spoils the array (its fields that do not fit, in a record, are null). */
  #items(items: readonly Decoded[]): Decoded {
    const fitting: RuntimeValue[] = [];
    for (const item of items) {
      if (item === unfit) return unfit;
      fitting.push(item);
    }
    return fitting;
  }

  #report(found: string, type: ValueType): typeof unfit {
    const shown = found.length > 40 ? `${found.slice(0, 40)}…` : found;
    this.#problem ??= { path: [], message: `is ${shown}, which is no ${descriptorText({ ...type, nullable: false })}` };
    return unfit;
  }

  #problemText(): string | undefined {
    if (this.#problem === undefined) return undefined;
    const { path, message } = this.#problem;
    return path.length === 0 ? `the value ${message}` : `the field \`${path.join(".")}\` ${message}`;
  }
}
