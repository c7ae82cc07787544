import { deltaCount, deltaNumbers, readPlainValues, splitValues, type Element } from "./parquet-library.ts";
import { RunDecoder } from "./run-decoder.ts";

/** Values of a page as the file holds them, taken some at a time: booleans, numbers (INT32, FLOAT, DOUBLE), bigints (INT64, INT96), bytes. */
export interface PageValues {
  next(count: number): ArrayLike<unknown>;
}

type SomeValues = ArrayLike<unknown> & { slice(from: number, to: number): ArrayLike<unknown> };

/** Numbers that are made of a page at once, where its encoding has no other way: a page of a few bytes may say that it has any number of them. */
const mostAtOnce = 1 << 24;
/** Bytes of the values of a page that repeat the beginnings of those before them. */
const mostRepeated = 256 * 1024 * 1024;

/**
 * The values that stand in a page from `at` on, `most` of them, but those in a dictionary. Undefined for an encoding that is not read; "too many" where a page
 * stands for far more than its bytes, and cannot be taken in parts.
 */
export function pageValues(page: Uint8Array, at: number, most: number, encoding: string, element: Element): PageValues | "too many" | undefined {
  const type = element.type ?? "BYTE_ARRAY";
  switch (encoding) {
    case "PLAIN":
      return type === "BOOLEAN" ? plainBooleans(page, at) : readPlainValues(page, at, element);
    case "RLE":
      return type === "BOOLEAN" ? booleans(new RunDecoder(page, at + 4, 1)) : undefined;
    case "BYTE_STREAM_SPLIT":
      return made(splitValues(page, at, element));
    case "DELTA_BINARY_PACKED": {
      const count = Math.min(most, deltaCount(page, at));
      return count > mostAtOnce ? "too many" : made(deltaNumbers(page, at, type === "INT32" ? new Int32Array(count) : new BigInt64Array(count)).values);
    }
    case "DELTA_LENGTH_BYTE_ARRAY":
    case "DELTA_BYTE_ARRAY": {
      const count = Math.min(most, deltaCount(page, at));
      return count > mostAtOnce ? "too many" : byteArrays(page, at, count, encoding === "DELTA_BYTE_ARRAY");
    }
    default:
      return undefined;
  }
}

function booleans(runs: RunDecoder): PageValues {
  return { next: (count) => Array.from(runs.take(count), (value) => value === 1) };
}

function plainBooleans(page: Uint8Array, start: number): PageValues {
  let done = 0;
  return {
    next(count) {
      if (start + Math.ceil((done + count) / 8) > page.length) throw new RangeError("a page has fewer values than it says");
      const values = Array.from({ length: count }, (_, at) => ((page[start + ((done + at) >>> 3)]! >>> ((done + at) & 7)) & 1) === 1);
      done += count;
      return values;
    },
  };
}

function made(values: SomeValues): PageValues {
  let done = 0;
  return {
    next(count) {
      if (done + count > values.length) throw new RangeError("a page has fewer values than it says");
      const some = values.slice(done, done + count);
      done += count;
      return some;
    },
  };
}

/** Byte arrays whose lengths stand before them all; with prefixes, each first says how many bytes it has of the one before it. */
function byteArrays(page: Uint8Array, start: number, count: number, hasPrefixes: boolean): PageValues | "too many" {
  const prefixes = hasPrefixes ? deltaNumbers(page, start, new Int32Array(count)) : undefined;
  const lengths = deltaNumbers(page, prefixes?.end ?? start, new Int32Array(count));
  let repeated = 0;
  for (let row = 0; row < count; row++) repeated += prefixes?.values[row] ?? 0;
  if (repeated > mostRepeated) return "too many";
  let done = 0;
  let at = lengths.end;
  let last: Uint8Array = new Uint8Array(0);
  const one = (row: number): Uint8Array => {
    const prefix = prefixes?.values[row] ?? 0;
    const length = lengths.values[row] ?? -1;
    if (length < 0 || prefix < 0 || prefix > last.length || at + length > page.length) throw new RangeError("a value lies outside its page");
    const own = page.subarray(at, at + length);
    at += length;
    if (prefix === 0) return own;
    const whole = new Uint8Array(prefix + length);
    whole.set(last.subarray(0, prefix));
    whole.set(own, prefix);
    return whole;
  };
  return {
    next(some) {
      if (done + some > count) throw new RangeError("a page has fewer values than it says");
      const values = new Array<Uint8Array>(some);
      for (let row = 0; row < some; row++) values[row] = last = one(done + row);
      done += some;
      return values;
    },
  };
}
