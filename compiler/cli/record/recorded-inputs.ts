import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { nodeHost } from "../../../runtime/host/node-host.ts";
import { listFiles } from "../../../runtime/connectors/file/listing.ts";
import { describeSystemError, systemErrorCode } from "../../../runtime/errors/system-error.ts";
import { evaluateConstant } from "../../catalog/expressions/evaluate.ts";
import type { Input } from "../../ir/logical/input.ts";
import type { LogicalJob } from "../../ir/logical/job.ts";
import { CliError } from "../cli-error.ts";

/** A file of a job's inputs, by the path under which the job finds it. */
export interface InputFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** What a recorded test reads. */
export interface RecordedInputs {
  /** In the order in which the job takes them. */
  readonly files: readonly InputFile[];
  /** Sources that are read from these files. */
  readonly fromFiles: readonly string[];
  /** Sources whose records no file holds. */
  readonly fromElsewhere: readonly string[];
}

/** Bytes of input that a test may hold. */
const mostBytes = 1 << 20;

/** The files of a job's inputs as they are now. Too many bytes for a test, and a file that cannot be read, are a `CliError`. */
export function recordedInputs(job: LogicalJob, params: ReadonlyMap<string, string>, directory: string): RecordedInputs {
  const host = nodeHost();
  const inputs = job.inputs.filter(({ connector }) => connector === "file");
  const listed = new Map(inputs.flatMap((input) => listFiles(host, resolve(directory, pathOf(input, job, params))).files.map((file) => [file.absolute, file] as const)));
  const files = [...listed.values()].sort((a, b) => a.modified - b.modified || (a.path < b.path ? -1 : 1));
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > mostBytes) throw new CliError(`the job's inputs are ${bytes} bytes, too much for a test`, "record a run over a smaller input");
  const outside = files.find(({ absolute }) => relative(directory, absolute).startsWith(".."));
  if (outside !== undefined) throw new CliError(`${outside.absolute} lies outside of the working directory`, "record a run whose inputs lie below it");
  return {
    files: files.map(({ absolute }) => ({ path: relative(directory, absolute), content: contentOf(absolute) })),
    fromFiles: inputs.filter(({ bounded }) => !bounded).map(({ name }) => name),
    fromElsewhere: job.inputs.filter(({ connector, bounded }) => connector !== "file" && !bounded).map(({ name }) => name),
  };
}

/** The path that an input is read from: a constant, or the value of a param. */
function pathOf({ name, options }: Input, job: LogicalJob, params: ReadonlyMap<string, string>): string {
  const value = options.find((option) => option.name === "path")?.value;
  const given = value?.kind === "ParamRef" ? params.get(value.name) : undefined;
  if (given !== undefined) return given;
  const expr = value?.kind === "ParamRef" ? job.params.find((param) => param.name === value.name)?.default : value;
  const evaluated = expr === undefined ? undefined : evaluateConstant(expr, job.options.timezone);
  if (evaluated?.ok === true && typeof evaluated.value === "string") return evaluated.value;
  throw new CliError(`the path of \`${name}\` is not known`, value?.kind === "ParamRef" ? `give the value that the run had: --param ${value.name}=…` : undefined);
}

/** Text where it is UTF-8. */
function contentOf(path: string): string | Uint8Array {
  try {
    const bytes = readFileSync(path);
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return bytes;
    }
  } catch (error) {
    throw systemErrorCode(error) === undefined ? error : new CliError(`cannot read ${path}: ${describeSystemError(error)}`);
  }
}
