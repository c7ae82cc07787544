import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import kafkajs from "kafkajs";

/**
 * A shell that starts the broker, writes the broker's process id, and kills it and removes its folder as soon as its own input ends: when
 * whoever started it is gone. Words: the log, the folder, the command.
 */
const guardian = `log="$1"; folder="$2"; shift 2
exec 3<&0
"$@" >>"$log" 2>&1 </dev/null 3<&- &
broker=$!
echo "$broker"
exec 1>&-
( cat <&3 >/dev/null; kill -9 "$broker" 2>/dev/null; rm -rf "$folder" ) &
guard=$!
wait "$broker"
code=$?
kill "$guard" 2>/dev/null
exit "$code"`;

/** One life of a broker. */
export class BrokerProcess {
  readonly #shell: ChildProcess;
  readonly #pid: Promise<number>;
  readonly #ended: Promise<unknown>;
  #process: number | undefined;

  constructor(command: readonly string[], log: string, folder: string) {
    // In a group of its own: Ctrl-C ends whoever started it, and the shell then tidies up.
    this.#shell = spawn("sh", ["-c", guardian, "broker", log, folder, ...command], { stdio: ["pipe", "pipe", "ignore"], detached: true });
    this.#ended = once(this.#shell, "exit");
    const output = this.#shell.stdout;
    this.#pid = output === null ? Promise.reject(new Error("no output")) : once(output, "data").then(([text]) => Number(String(text)));
  }

  /** Resolves when the broker takes requests; fails when it ends before. */
  async answering(port: number): Promise<void> {
    this.#process = await this.#pid;
    const until = Date.now() + 60_000;
    while (!(await takesConnections(port))) {
      if (this.#shell.exitCode !== null) throw new Error("the broker ended");
      if (Date.now() > until) throw new Error("the broker does not listen after 60 seconds");
      await sleep(50);
    }
    const admin = new kafkajs.Kafka({ brokers: [`127.0.0.1:${port}`], logLevel: kafkajs.logLevel.NOTHING, retry: { initialRetryTime: 100, maxRetryTime: 500, retries: 60 } }).admin();
    await admin.connect();
    while ((await admin.describeCluster()).brokers.length === 0) await sleep(50);
    await admin.disconnect();
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#process !== undefined) process.kill(this.#process, signal);
  }

  /** Stops every thread of the broker; resolves when they have stopped, which a busy machine may take a moment for. */
  async freeze(): Promise<void> {
    if (this.#process === undefined) return;
    this.signal("SIGSTOP");
    const until = Date.now() + 10_000;
    while (!isStopped(this.#process)) {
      if (Date.now() > until) throw new Error("the broker does not stop");
      await sleep(5);
    }
  }

  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    this.#process ??= await this.#pid;
    if (this.#shell.exitCode === null) {
      try {
        process.kill(this.#process, signal);
      } catch {
        // It is gone already.
      }
    }
    await this.#ended;
  }
}

function isStopped(pid: number): boolean {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return execFileSync("ps", ["-o", "state=", "-p", String(pid)], { encoding: "utf8" }).startsWith("T");
  try {
    // A thread's state stands behind its name, which is in parentheses.
    return readdirSync(tasks).every((task) => readFileSync(`${tasks}/${task}/stat`, "utf8").replace(/^.*\) /s, "").startsWith("T"));
  } catch {
    // One has ended meanwhile.
    return false;
  }
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const answer = (taken: boolean): void => {
      socket.destroy();
      resolve(taken);
    };
    socket.once("connect", () => {
      answer(true);
    });
    socket.once("error", () => {
      answer(false);
    });
  });
}
