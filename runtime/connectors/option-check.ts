import { SluiceRuntimeError, type RuntimeErrorCode } from "../errors/runtime-error.ts";

/**
 * Checks of option values when a job starts. The compiler has checked constants; a value that comes from a param is seen here
 * for the first time. `R7201` is a source's option, `R7301` a sink's.
 */
export class OptionCheck {
  readonly #code: RuntimeErrorCode;
  readonly #connector: string;

  constructor(kind: "source" | "sink", connector: string) {
    this.#code = kind === "source" ? "R7201" : "R7301";
    this.#connector = connector;
  }

  /** A text that is not empty and holds no NUL. */
  text(option: string, value: unknown): string {
    if (typeof value === "string" && value !== "" && !value.includes("\0")) return value;
    throw this.#wrong(option, value, "a text that is not empty");
  }

  /** One of some words; `fallback` where the option is not given. */
  word<Word extends string>(option: string, value: unknown, words: readonly Word[], fallback: Word): Word {
    if (value === undefined || value === null) return fallback;
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    throw this.#wrong(option, value, `one of ${words.map((word) => JSON.stringify(word)).join(", ")}`);
  }

  /** The name of an encoding of texts; undefined where the option is not given. */
  encoding(option: string, value: unknown): string | undefined {
    if (value === undefined || value === null) return undefined;
    try {
      if (typeof value === "string") return new TextDecoder(value).encoding;
    } catch {
      // Told of below.
    }
    throw this.#wrong(option, value, "the name of an encoding");
  }

  /** A whole number in [least, most]; `fallback` where the option is not given. */
  whole<Fallback>(option: string, value: unknown, least: number, most: number, fallback: Fallback): number | Fallback {
    if (value === undefined || value === null) return fallback;
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number === "number" && Number.isInteger(number) && number >= least && number <= most) return number;
    throw this.#wrong(option, value, most === Number.MAX_SAFE_INTEGER ? `a whole number from ${least} on` : `a whole number from ${least} to ${most}`);
  }

  /** A length of time in microseconds, at least `least`; undefined where the option is not given. */
  duration(option: string, value: unknown, least: number): number | undefined {
    if (value === undefined || value === null) return undefined;
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number === "number" && Number.isFinite(number) && number >= least) return number;
    throw this.#wrong(option, value, least > 0 ? "a duration above zero" : "a duration that is not negative");
  }

  /** True or false; `fallback` where the option is not given. */
  flag(option: string, value: unknown, fallback: boolean = false): boolean {
    if (value === undefined || value === null) return fallback;
    if (typeof value === "boolean") return value;
    throw this.#wrong(option, value, "true or false");
  }

  #wrong(option: string, value: unknown, expected: string): SluiceRuntimeError {
    const found = typeof value === "string" ? JSON.stringify(value) : String(value);
    return new SluiceRuntimeError({
      code: this.#code,
      what: `\`${option}\` of ${this.#connector} must be ${expected}, found ${found}`,
      how: `change \`${option}\`, or the param that it is read from`,
    });
  }
}
