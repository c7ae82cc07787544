import { RowError } from "../../errors/row-error.ts";

/**
 * Throws: an imported function gave a value that is not what its type says. `from` is the place, the function first: `toPage.url`,
 * `toPage.tags[]`, `result of topPages` for a member of an aggregate. The value itself is not shown: it may be anything, and of any size.
 */
export function wrongResult(from: string, expected: string, value: unknown): never {
  throw new RowError("USER_RESULT_TYPE", `${placeOf(from)} is ${kindOf(value)}, where ${expected} is declared`);
}

/** Throws: an imported function gave a value of the declared type that the column cannot hold. */
export function unfitResult(from: string, what: string, column: string): never {
  throw new RowError("USER_RESULT_RANGE", `${placeOf(from)} is ${what}, which ${column} cannot hold`);
}

/** Throws: a long is beyond what a parameter declared as a number holds exactly. */
export function unfitArgument(to: string, value: bigint): never {
  const { name, path } = parted(to);
  throw new RowError("USER_ARGUMENT_RANGE", `\`${name}\` takes \`${path}\` as a number, which does not hold ${value} exactly`);
}

function placeOf(from: string): string {
  const { name, path } = parted(from);
  const called = name.split(" of ").map((part) => `\`${part}\``).join(" of ");
  return path === "" ? `what ${called} returned` : `\`${path}\` of what ${called} returned`;
}

function parted(place: string): { readonly name: string; readonly path: string } {
  const end = place.search(/[.[]/);
  return end === -1 ? { name: place, path: "" } : { name: place.slice(0, end), path: place.slice(place.charAt(end) === "." ? end + 1 : end) };
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object") return `a ${typeof value}`;
  const name: unknown = value.constructor?.name;
  return typeof name !== "string" || name === "" || name === "Object" ? "an object" : `a ${name.slice(0, 60)}`;
}
