import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { describeSystemError, systemErrorCode } from "../errors/system-error.ts";
import type { Host } from "../host/host.ts";
import type { Monitor } from "../metrics/monitor.ts";
import { CaptureFile, type CaptureOptions } from "./capture.ts";
import type { JobDefinition, QueryDefinition } from "./definition.ts";
import { runDisplay, type RunDisplay } from "./run-display.ts";
import { readRunOptions, runOptionsHelp, type RunOptions } from "./run-options.ts";
import { shardFolder, type Shard } from "./shard.ts";
import { start, type StartedJob } from "./start.ts";
import { stopOnSignal } from "./stop-on-signal.ts";
import type { StreamingQuery } from "./streaming-query.ts";

/** How a run ends, as the exit code of the process. */
export const exitCodes = {
  success: 0,
  /** Something that the user gave is wrong: an option, a param, an SQL statement. */
  userError: 1,
  /** Our own bug. */
  bug: 2,
  /** A query failed, or could not go on from its checkpoint. */
  queryFailed: 3,
} as const;

/**
 * Runs a job as `sluice run` does, and as an emitted module does that is started by itself. Progress, warnings and errors go to
 * stderr, the answers of `--sql` to stdout once the queries have ended. When one query fails the others are stopped. Resolves
 * with the exit code.
 */
export async function runJob(job: JobDefinition, argv: readonly string[], host: Host): Promise<number> {
  try {
    const options = readRunOptions(argv);
    if (options.help) {
      host.process.writeStdout(runOptionsHelp);
      return exitCodes.success;
    }
    if (options.shards !== undefined) {
      const { supervise } = await import("../shards/supervise.ts");
      return await supervise(host, options.shards, { goesOn: running(job, options).every((query) => keeps(query, options)) });
    }
    return await run(job, options, runDisplay(options.progress ?? (host.process.stderrIsTerminal ? "bar" : "none"), host));
  } catch (error) {
    host.process.writeStderr(errorText(error));
    return exitCodeOf(error);
  }
}

async function run(job: JobDefinition, options: RunOptions, display: RunDisplay): Promise<number> {
  const { host } = display;
  const capture = options.capture === undefined ? undefined : new CaptureFile(host, { ...options.capture, path: capturePath(options.capture.path, options.shard), ...continuing(job, options) });
  const monitor = await openMonitor(job, options, display);
  try {
    const started = start(job, {
      host,
      queries: options.queries,
      mode: options.mode,
      ...(options.checkpoint === undefined ? {} : { checkpoint: options.checkpoint }),
      ...(options.shard === undefined ? {} : { shard: options.shard }),
      params: options.params,
      ...(capture === undefined ? {} : { listener: (output) => capture.listener(output) }),
      onProgress: (progress) => {
        display.progress(progress);
        monitor?.progress(progress);
      },
      ...(monitor === undefined ? {} : { onStatus: (query, isTriggerActive) => monitor.status(query, isTriggerActive) }),
      warn: (message) => display.message(`warning: ${message}\n`),
    });
    monitor?.watch(started.manager.all);
    await openOrStop(capture, started.manager.all);
    const stopListening = stopOnSignal(host.process, started.manager.all, (text) => display.message(text));
    const failures = await awaitAll(started.manager.all);
    stopListening();
    for (const failure of failures) display.message(errorText(failure));
    const answered = await answer(started, options, display);
    return Math.max(answered, ...failures.map(failureCode));
  } finally {
    capture?.close();
    await monitor?.close();
  }
}

/** Answers questions about the run with `--port`; the module is loaded for it alone. */
async function openMonitor({ name }: JobDefinition, { monitor: address }: RunOptions, display: RunDisplay): Promise<Monitor | undefined> {
  if (address === undefined) return undefined;
  const { Monitor } = await import("../metrics/monitor.ts");
  const monitor = new Monitor(display.host, name, address.stalledAfter);
  const port = await monitor.listen(address);
  display.message(`listening on http://${address.host.includes(":") ? `[${address.host}]` : address.host}:${port} (/health, /metrics, /progress)\n`);
  return monitor;
}

/** Each shard has a capture file of its own: `rows.jsonl` is then `rows.shard-0-of-3.jsonl`. */
function capturePath(path: string, shard: Shard | undefined): string {
  return shard === undefined ? path : path.replace(/(\.[^./]+)?$/, (extension) => `.${shardFolder(shard)}${extension}`);
}

/** The capture file goes on where a query that runs keeps its checkpoint; what queries without one wrote is not gone on with. */
function continuing(job: JobDefinition, options: RunOptions): Pick<CaptureOptions, "keep" | "startsAnew"> {
  // A line of the file belongs to a sink.
  const anew = new Set(job.queries.filter((query) => !keeps(query, options)).flatMap(({ outputs }) => outputs.map(({ name }) => name)));
  return { keep: running(job, options).some((query) => keeps(query, options)), startsAnew: (query) => anew.has(query) };
}

function keeps(query: QueryDefinition<never>, { checkpoint, mode }: RunOptions): boolean {
  return mode !== "batch" && (checkpoint !== undefined || query.checkpoint !== undefined);
}

function running(job: JobDefinition, { queries }: RunOptions): readonly QueryDefinition<never>[] {
  return job.queries.filter(({ name }) => queries.length === 0 || queries.includes(name));
}

/** Opens the capture file now that the job could start, and before its first batch; where that fails, no query goes on. */
async function openOrStop(capture: CaptureFile | undefined, queries: readonly StreamingQuery[]): Promise<void> {
  try {
    capture?.open();
  } catch (error) {
    await Promise.all(queries.map((query) => query.interrupt()));
    throw error;
  }
}

/** Waits for every query; the failure of one stops the others. Gives the errors in the order of the job's queries. */
async function awaitAll(queries: readonly StreamingQuery[]): Promise<readonly unknown[]> {
  await Promise.all(
    queries.map(async (query) => {
      try {
        await query.awaitTermination();
      } catch {
        await Promise.all(queries.filter((other) => other !== query && other.isActive).map((other) => other.stop()));
      }
    }),
  );
  return queries.flatMap((query) => (query.exception === undefined ? [] : [query.exception]));
}

/** Prints the answers of `--sql`, each after the one before. */
async function answer(started: StartedJob, options: RunOptions, display: RunDisplay): Promise<number> {
  if (options.sql.length === 0) return exitCodes.success;
  const { querySql, sqlLines, sqlTable } = await import("../connectors/memory/sql.ts");
  let code: number = exitCodes.success;
  for (const statement of options.sql) {
    try {
      const result = await querySql(started.tables, statement);
      const text = options.sqlAsJson ? sqlLines(result) : sqlTable(result);
      display.host.process.writeStdout(text.endsWith("\n") || text === "" ? text : `${text}\n`);
    } catch (error) {
      if (!(error instanceof SluiceRuntimeError)) throw error;
      display.message(errorText(error));
      code = exitCodes.userError;
    }
  }
  return code;
}

/** An error of the run for stderr, with its line end. What has no code of ours is our bug, and says so. */
export function errorText(error: unknown): string {
  if (error instanceof SluiceRuntimeError) return `${error.render()}\n`;
  if (systemErrorCode(error) !== undefined) return `error: ${describeSystemError(error)}${error instanceof Error ? `\n  --> ${error.message}` : ""}\n`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `error[R7900]: this is a bug in Sluice, not in the job; please report it with what follows\n${stack}\n`;
}

/** Options, params and the places that the user named for output of the run are the user's; all else is a failed query. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof SluiceRuntimeError && /^R76|^R73[23]/.test(error.code)) return exitCodes.userError;
  return failureCode(error);
}

function failureCode(error: unknown): number {
  // What a shard refuses it refuses as often as it is started.
  if (error instanceof SluiceRuntimeError && /^R78/.test(error.code)) return exitCodes.userError;
  if (error instanceof SluiceRuntimeError) return error.code.startsWith("R79") ? exitCodes.bug : exitCodes.queryFailed;
  return systemErrorCode(error) === undefined ? exitCodes.bug : exitCodes.queryFailed;
}
