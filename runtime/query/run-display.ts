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

export function runDisplay(form: ProgressForm, host: Host): RunDisplay {
  if (form === "bar") return new ProgressBar(host);
  return {
    progress: (progress) => {
      if (form === "json") host.process.writeStderr(`${progressJson(progress)}\n`);
    },
    message: (text) => host.process.writeStderr(text),
    host,
  };
}

/** One line a query at the foot of the terminal, drawn again with each batch. */
class ProgressBar implements RunDisplay {
  readonly host: Host;
  readonly #process: ProcessHost;
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
    const before = this.#lines.get(progress.name)?.totals;
    const totals = {
      inputRows: (before?.inputRows ?? 0) + progress.numInputRows,
      outputRows: (before?.outputRows ?? 0) + Math.max(0, progress.sink.numOutputRows),
    };
    this.#lines.set(progress.name, { progress, totals });
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
  const { fs, clock, timers, net } = host;
  return {
    fs,
    clock,
    timers,
    net,
    process: {
      pid: host.process.pid,
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
