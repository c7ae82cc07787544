import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { systemErrorCode } from "../errors/system-error.ts";

/**
 * The arguments of this process where `moduleUrl` is the module that Node was started with; undefined where the module was
 * imported by another. Links are resolved on both sides.
 */
export function entryArguments(moduleUrl: string): readonly string[] | undefined {
  const [, entry, ...rest] = process.argv;
  if (entry === undefined || !moduleUrl.startsWith("file:")) return undefined;
  try {
    return realpathSync(entry) === realpathSync(fileURLToPath(moduleUrl)) ? rest : undefined;
  } catch {
    return undefined;
  }
}

/** Ends the process once all that was written to its standard streams is out. */
export async function exitAfterOutput(code: number): Promise<never> {
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise<void>((resolve) => stream.write("", () => resolve()))));
  process.exit(code);
}

/**
 * Lets the process end quietly when the reader of its output has gone (`… | head`): with 0 where nothing but text was to be given,
 * with 141 (as by SIGPIPE) where the work itself is cut off.
 */
export function exitOnClosedPipe(code: 0 | 141): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", (error) => process.exit(systemErrorCode(error) === "EPIPE" ? code : 1));
}
