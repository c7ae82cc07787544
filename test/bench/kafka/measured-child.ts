import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

const reporter = fileURLToPath(new URL("report-cpu.mjs", import.meta.url));

/** A program in a process of its own whose CPU time is asked for; all of its threads count. */
export class MeasuredChild {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #reports = "";
  #stderr = "";
  #heard: () => void = () => undefined;

  /** `nodeWords`: for Node itself, such as `--cpu-prof`. */
  constructor(program: string, words: readonly string[], directory: string, nodeWords: readonly string[] = []) {
    this.#child = spawn(process.execPath, [...nodeWords, "--import", reporter, program, ...words], { cwd: directory, stdio: ["ignore", "ignore", "pipe", "pipe"] });
    const stop = (): void => void this.#child.kill("SIGKILL");
    process.once("exit", stop);
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.#stderr += text));
    this.#child.stdio[3]?.on("data", (bytes: Buffer) => {
      this.#reports += bytes.toString("latin1");
      this.#heard();
    });
    this.#ended = new Promise((resolve, reject) => {
      this.#child.once("error", reject);
      this.#child.once("close", (code, signal) => {
        process.off("exit", stop);
        if (code === 0) resolve();
        else reject(new Error(`${program} ended with ${signal ?? code}: ${this.#stderr}`));
      });
    });
    this.#ended.catch(() => undefined);
  }

  /** Seconds of CPU time up to now; the child runs on. */
  async cpuSoFar(): Promise<number> {
    const heard = new Promise<void>((resolve) => (this.#heard = resolve));
    this.#child.kill("SIGUSR2");
    await Promise.race([heard, this.#ended]);
    return this.#last;
  }

  /** Waits for its end, which is to be a good one; seconds of CPU time in all. */
  async end(): Promise<number> {
    await this.#ended;
    return this.#last;
  }

  /** Asks it to end, and waits for it. */
  stop(): Promise<number> {
    this.#child.kill("SIGTERM");
    return this.end();
  }

  /** Fails when the child fails, and never resolves. */
  get failure(): Promise<never> {
    return new Promise((_, reject) => {
      this.#ended.catch(reject);
    });
  }

  get #last(): number {
    return Number(this.#reports.trimEnd().split("\n").at(-1)) / 1e6;
  }
}
