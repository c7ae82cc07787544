import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { ParamValue, ParamValues } from "./definition.ts";

function paramOf(params: ParamValues, name: string): ParamValue {
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  if (value === undefined) throw new SluiceRuntimeError({ code: "R7601", what: `the param \`${name}\` has no value`, how: `give it: --param ${name}=…` });
  return value;
}

function wrong(name: string, expected: string): never {
  throw new SluiceRuntimeError({ code: "R7602", what: `the param \`${name}\` is not ${expected}`, how: `give it another value: --param ${name}=…` });
}

/** The value of a string param. */
export function stringParam(params: ParamValues, name: string): string {
  const value = paramOf(params, name);
  return typeof value === "string" ? value : wrong(name, "a string");
}

/** The value of an int, float, double, timestamp, date or duration param. */
export function numberParam(params: ParamValues, name: string): number {
  const value = paramOf(params, name);
  return typeof value === "number" ? value : wrong(name, "a number");
}

/** The value of a long or decimal param. */
export function longParam(params: ParamValues, name: string): number | bigint {
  const value = paramOf(params, name);
  return typeof value === "number" || typeof value === "bigint" ? value : wrong(name, "a whole number");
}

/** The value of a boolean param. */
export function booleanParam(params: ParamValues, name: string): boolean {
  const value = paramOf(params, name);
  return typeof value === "boolean" ? value : wrong(name, "true or false");
}

/** The value of a param that may be null, read by `read` where it is not. */
export function nullableParam<T>(read: (params: ParamValues, name: string) => T, params: ParamValues, name: string): T | null {
  return paramOf(params, name) === null ? null : read(params, name);
}
