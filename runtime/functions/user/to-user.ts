import type { ExactInteger } from "../exact-integer.ts";
import { unfitArgument } from "./user-value-error.ts";

/** A long for a parameter declared as a number (`to`: its place, `f.bytes`); an error of the row where a number does not hold it exactly. */
export function safeNumber(value: ExactInteger, to: string): number {
  return typeof value === "number" ? value : unfitArgument(to, value);
}

/** Bytes for a function to do with as it likes: the row's own stay what they are. */
export function copyOfBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

/** A timestamp in whole milliseconds; the rest is cut. */
export function dateOfTimestamp(microseconds: number): Date {
  return new Date(Math.floor(microseconds / 1000));
}

/** A date as its midnight UTC. */
export function dateOfDay(days: number): Date {
  return new Date(days * millisecondsOfDay);
}

const millisecondsOfDay = 86_400_000;
