import { thrownMessage } from "./thrown-message.ts";

/** The code of an error of the operating system (`ENOENT`, `EEXIST` …), or undefined where the error is another. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" && /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}

const explanations: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EDQUOT: "the disk quota is used up",
  EIO: "the disk failed",
  EMFILE: "too many open files",
  ENAMETOOLONG: "the name of a file or folder is too long",
  ENFILE: "too many open files",
  ENOENT: "no such file or folder",
  ENOSPC: "no space left on the disk",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a folder",
  EPERM: "operation not permitted",
  EROFS: "the file system is read-only",
};

/** Says an error of the operating system in words: `no space left on the disk (ENOSPC)`. */
export function describeSystemError(error: unknown): string {
  const code = systemErrorCode(error);
  if (code === undefined) return thrownMessage(error);
  const words = explanations[code];
  return words === undefined ? code : `${words} (${code})`;
}
