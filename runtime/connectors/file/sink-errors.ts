import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import { describeSystemError, systemErrorCode } from "../../errors/system-error.ts";

/** The target is a file, or lies in one. */
export function targetIsNoFolder(path: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7302", what: "the target of a file sink is not a folder", where: path, how: "give the path of a folder that is empty or not there yet" });
}

/** Another query, or another life of this one, writes here: its batch ids mean other data. */
export function targetTaken(path: string, owner: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7303",
    what: `the target of a file sink belongs to ${owner}`,
    where: path,
    how: "give each query a folder of its own; go on with the checkpoint that the folder was written with, or write into an empty folder",
  });
}

/** Appended files and a result that is replaced do not mix. */
export function targetOfOtherKind(path: string, replaces: boolean): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7310",
    what: `the target of a file sink holds ${replaces ? "files that were appended, and `replace: true` would take them away" : "a result that is replaced as a whole, and rows cannot be appended to it"}`,
    where: path,
    how: `${replaces ? "leave `replace` out" : "write `replace: true`"}, or write into an empty folder`,
  });
}

/** A bounded run writes its whole result once, so nothing may be there. */
export function targetNotEmpty(path: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7304", what: "the target of a bounded run is not empty", where: path, how: "remove the folder, or write into another one" });
}

/** Part files that no manifest knows: taking them over, or removing them, could lose or double data. */
export function unknownParts(path: string, example: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7305",
    what: `the target of a file sink holds \`${example}\`, which its manifest does not know`,
    where: path,
    how: "move that file away, or write into an empty folder",
  });
}

/** A file that the manifest lists is not there, or is not what was written: rows that were committed are lost. */
export function listedFileLost(path: string, what: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7309",
    what: `a file that the manifest of a file sink lists ${what}`,
    where: path,
    how: "put the file back from a backup; to go on without its rows, write into an empty folder with a new checkpoint",
  });
}

/** Only inserted rows can be appended to files. */
export function cannotTake(kind: string, path: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7308", what: `a file sink cannot take a row of kind ${kind}: files are only appended to`, where: path, how: "use `mode append`, add `changelog: \"…\"` to the sink, or use another sink" });
}

/** Runs a piece of writing; what the operating system refuses becomes a coded error. */
export function writing<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    throw new SluiceRuntimeError({ code: "R7307", what: `cannot write the output: ${describeSystemError(error)}`, where: path, how: "mend that, then start the query again with the same checkpoint", cause: error });
  }
}
