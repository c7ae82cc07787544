import { readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { systemErrorCode } from "../../runtime/errors/system-error.ts";
import type { SourceFiles } from "../2-analyze/source-files.ts";
import { compile, type Checked, type CompileOptions } from "../compile.ts";
import type { Target } from "../ir/target.ts";
import type { JobFile } from "./read-job.ts";

/** Compiles a file short of emission; modules that it imports are read beside it. `onRead` hears of each, by its absolute path. */
export function checkJob(file: JobFile, onRule?: CompileOptions["onRule"], onRead: (path: string) => void = () => {}, target: Target = "node"): Checked {
  return compile(file.path, file.text, { files: filesBeside(file, onRead), target, ...(onRule === undefined ? {} : { onRule }) });
}

/** Whether there is a file; of a path that goes through a file as if it were a folder there is none. */
function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch (error) {
    if (systemErrorCode(error) === "ENOTDIR") return false;
    throw error;
  }
}

/** The modules that a job imports, with paths that fit those of its diagnostics. */
function filesBeside(file: JobFile, onRead: (path: string) => void): SourceFiles {
  const folder = dirname(file.absolute);
  return {
    read(specifier) {
      const absolute = resolve(folder, specifier);
      onRead(absolute);
      if (!isFile(absolute)) return undefined;
      const shown = join(dirname(file.path), relative(folder, absolute));
      return { path: isAbsolute(specifier) ? absolute : shown, text: readFileSync(absolute, "utf8") };
    },
    readBytes(specifier) {
      const absolute = resolve(folder, specifier);
      onRead(absolute);
      return isFile(absolute) ? readFileSync(absolute) : undefined;
    },
  };
}
