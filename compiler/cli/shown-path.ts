import { relative } from "node:path";
import type { Shell } from "./shell.ts";

/** A path as messages show it: from the working directory where it is below it, else absolute. */
export function shownPath(path: string, shell: Shell): string {
  const shown = relative(shell.directory, path);
  return shown.startsWith("..") ? path : shown;
}
