import { fnvHash } from "./fnv-hash.ts";

/** Joins parts of a path with `/`. */
export function joinPath(first: string, ...rest: readonly (string | number)[]): string {
  return [first.endsWith("/") && first.length > 1 ? first.slice(0, -1) : first, ...rest].join("/");
}

/** The folder that a path is in; `.` for a bare name. */
export function parentPath(path: string): string {
  const slash = path.lastIndexOf("/");
  if (slash < 0) return ".";
  return slash === 0 ? "/" : path.slice(0, slash);
}

/** The last part of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

const longestName = 120;

/**
 * A name of a file or folder for any text: letters, digits, `-` and `_` as they are, all else as `%XX` of its UTF-8 bytes, so that
 * different texts have different names and none leaves its folder. A long one ends in a hash instead of its tail.
 */
export function pathSafeName(text: string): string {
  let name = "";
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    name += /[A-Za-z0-9_-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  if (name.length <= longestName) return name === "" ? "%" : name;
  return `${name.slice(0, longestName - 20)}~${fnvHash(Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)))}`;
}

/** The number that a file of a log is named by; undefined for any other name. */
export function logNumber(name: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,14})$/.test(name)) return undefined;
  return Number(name);
}
