import type { Host, ProcessHost } from "../host/host.ts";
import { progressLine, type ProgressTotals } from "./progress-line.ts";
import { progressJson, type QueryProgress } from "./progress.ts";
import type { ProgressForm } from "./run-options.ts";

/** What a person sees of a run: progress, warnings and errors, all on stderr. */
export interface RunDisplay {
  progress(progress: QueryProgress): void;
  /** Prints a text of one or more lines, with its line end. */
  message(text: string): void;
  /** The host with which the queries run: what they print goes between the lines of progress. */
  readonly host: Host;
}

/** The display of a form; a `bar` where stderr is no terminal is a plain line a batch. */
export function runDisplay(form: ProgressForm, host: Host): RunDisplay {
  if (form === "bar" && host.process.stderrIsTerminal) return new ProgressBar(host);
  const totals = new RunTotals();
  return {
    progress: (progress) => {
      if (form === "json") host.process.writeStderr(`${progressJson(progress)}\n`);
      if (form === "bar") host.process.writeStderr(`${progressLine(progress, totals.add(progress), progress.name.length)}\n`);
    },
    message: (text) => host.process.writeStderr(text),
    host,
  };
}

/** Counts by query since the start of the run. */
class RunTotals {
  readonly #totals = new Map<string, ProgressTotals>();

  /** Adds a batch; the query's totals with it. */
  add(progress: QueryProgress): ProgressTotals {
    const before = this.#totals.get(progress.name);
    const totals = {
      inputRows: (before?.inputRows ?? 0) + progress.numInputRows,
      outputRows: (before?.outputRows ?? 0) + Math.max(0, progress.sink.numOutputRows),
    };
    this.#totals.set(progress.name, totals);
    return totals;
  }
}

/** One line a query at the foot of the terminal, drawn again with each batch. */
class ProgressBar implements RunDisplay {
  readonly host: Host;
  readonly #process: ProcessHost;
  readonly #totals = new RunTotals();
  readonly #lines = new Map<string, { readonly progress: QueryProgress; readonly totals: ProgressTotals }>();
  #drawn = 0;

  constructor(host: Host) {
    this.#process = host.process;
    this.host = withStandardStreams(host, {
      writeStdout: (text) => this.#between(() => host.process.writeStdout(text)),
      writeStderr: (text) => this.#between(() => host.process.writeStderr(text)),
    });
  }

  progress(progress: QueryProgress): void {
    this.#lines.set(progress.name, { progress, totals: this.#totals.add(progress) });
    this.#between(() => {});
  }

  message(text: string): void {
    this.#between(() => this.#process.writeStderr(text));
  }

  /** Takes the bar away, lets something be printed, and draws it again below. */
  #between(print: () => void): void {
    if (this.#drawn > 0) this.#process.writeStderr(`\u001b[${this.#drawn}A\u001b[J`);
    print();
    const width = Math.max(0, ...[...this.#lines.keys()].map((name) => name.length));
    for (const { progress, totals } of this.#lines.values()) this.#process.writeStderr(`${progressLine(progress, totals, width)}\n`);
    this.#drawn = this.#lines.size;
  }
}

/** A host that differs in its standard streams alone. */
function withStandardStreams(host: Host, streams: Pick<ProcessHost, "writeStdout" | "writeStderr">): Host {
  const { fs, clock, timers, net, compression } = host;
  return {
    fs,
    clock,
    timers,
    net,
    compression,
    process: {
      pid: host.process.pid,
      arguments: host.process.arguments,
      startAgain: (args, onStderr) => host.process.startAgain(args, onStderr),
      identify: (pid) => host.process.identify(pid),
      env: (name) => host.process.env(name),
      workingDirectory: host.process.workingDirectory,
      ...streams,
      stderrIsTerminal: host.process.stderrIsTerminal,
      stdoutIsTerminal: host.process.stdoutIsTerminal,
      onSignal: (handler) => host.process.onSignal(handler),
      exit: (code) => host.process.exit(code),
      usage: () => host.process.usage(),
    },
    random: () => host.random(),
    uuid: () => host.uuid(),
    fault: (name) => host.fault(name),
  };
}
