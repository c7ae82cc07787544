import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const commandLine = fileURLToPath(new URL("../../../compiler/cli/bin.mjs", import.meta.url));

/** How a run of a job came to its end. */
export interface JobEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with one job, which runs through the command line in processes of their own. */
export class JobFolder {
  readonly folder: string = mkdtempSync(join(tmpdir(), "sluice-kafka-job-"));
  readonly #running = new Set<ChildProcess>();

  constructor(text: string) {
    this.write(text);
  }

  write(text: string): void {
    writeFileSync(join(this.folder, "job.sluice"), text);
  }

  /** Starts `sluice run`, with the checkpoint in the folder unless the words name another or it is one batch over all. `environment`: `SLUICE_FAULT` and values of params. */
  start(words: readonly string[], environment: Readonly<Record<string, string>> = {}): JobProcess {
    const checkpoint = words.includes("--batch") || words.includes("--checkpoint") ? [] : ["--checkpoint", join(this.folder, "checkpoint")];
    const child = spawn(process.execPath, [commandLine, "run", join(this.folder, "job.sluice"), "--progress", "none", ...checkpoint, ...words], { cwd: this.folder, env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    this.#running.add(child);
    child.once("close", () => this.#running.delete(child));
    return new JobProcess(child);
  }

  /** Runs it to its end, which is to be a good one. */
  async run(words: readonly string[], environment?: Readonly<Record<string, string>>): Promise<JobEnd> {
    const end = await this.start(words, environment).ended;
    if (end.code !== 0) throw new Error(`the job ended with ${end.signal ?? end.code}: ${end.stderr}${end.stdout}`);
    return end;
  }

  /** Kills what still runs, and removes the folder. */
  remove(): void {
    for (const child of this.#running) child.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A run of a job. */
export class JobProcess {
  readonly pid: number;
  readonly ended: Promise<JobEnd>;
  readonly #child: ChildProcess;
  #stdout = "";
  #stderr = "";

  constructor(child: ChildProcess) {
    this.#child = child;
    this.pid = child.pid ?? 0;
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.#stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.#stderr += text));
    this.ended = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr }));
    });
  }

  /** What it has said so far: warnings and errors. */
  get stderr(): string {
    return this.#stderr;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}
