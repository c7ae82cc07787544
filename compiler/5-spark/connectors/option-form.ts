import type { Limit } from "../limit.ts";

/** How the value of an option is written for Spark. */
export type ValueForm =
  | "plain" /** as it is */
  | "milliseconds" /** a duration in whole milliseconds, rounded up */
  | "seconds" /** a duration in its whole seconds */
  | "instant" /** a timestamp in milliseconds, rounded up */
  | "names" /** texts with commas between */
  | "positions" /** JSON by topic and partition */
  | "times" /** the same of timestamps, in milliseconds */;

/** What becomes of an option on Spark. */
export type OptionForm =
  /** An option of Spark's reader or writer. */
  | { readonly kind: "option"; readonly name: string; readonly value: ValueForm; readonly limit?: Limit }
  /** Told to Spark in another way, which `how` names. */
  | { readonly kind: "carried"; readonly how: string; readonly limit?: Limit }
  /** Spark has nothing that would mean the same. */
  | { readonly kind: "refused"; readonly reason: string; readonly nearest: string }
  /** Nothing depends on it there. */
  | { readonly kind: "ignored"; readonly reason: string };

export type OptionForms = Readonly<Record<string, OptionForm>>;

/** Spark's option of the same or another name. */
export function asOption(name: string, value: ValueForm = "plain", limit?: Limit): OptionForm {
  return { kind: "option", name, value, ...(limit === undefined ? {} : { limit }) };
}

export function carried(how: string, limit?: Limit): OptionForm {
  return { kind: "carried", how, ...(limit === undefined ? {} : { limit }) };
}

export function refused(reason: string, nearest: string): OptionForm {
  return { kind: "refused", reason, nearest };
}

export function ignored(reason: string): OptionForm {
  return { kind: "ignored", reason };
}

/** Options that Spark calls as the language does. */
export function sameNames(...names: readonly string[]): OptionForms {
  return Object.fromEntries(names.map((name) => [name, asOption(name)]));
}
