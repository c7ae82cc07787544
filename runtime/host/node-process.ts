import { readFileSync } from "node:fs";
import type { ProcessHost } from "./host.ts";
import { isSupervised, startAgain } from "./start-again.ts";
import { systemErrorCode } from "../errors/system-error.ts";

/** This process. */
export const nodeProcess: ProcessHost = {
  pid: process.pid,
  arguments: process.argv.slice(2),
  startAgain,
  identify,
  env: (name) => process.env[name],
  get workingDirectory() {
    return process.cwd();
  },
  writeStdout: (text) => write(process.stdout, text),
  writeStderr: (text) => write(process.stderr, text),
  get stderrIsTerminal() {
    return process.stderr.isTTY === true;
  },
  get stdoutIsTerminal() {
    return process.stdout.isTTY === true;
  },
  onSignal: (handler) => {
    // Whoever started this process, to run beside others, has died.
    const onAlone = (): void => handler("SIGTERM");
    process.on("SIGINT", handler);
    process.on("SIGTERM", handler);
    if (isSupervised()) process.on("disconnect", onAlone);
    // It died before anyone listened, and the channel does not tell it again.
    const alone = isSupervised() && !process.connected ? setImmediate(onAlone) : undefined;
    return () => {
      process.off("SIGINT", handler);
      process.off("SIGTERM", handler);
      process.off("disconnect", onAlone);
      clearImmediate(alone);
    };
  },
  exit: (code) => process.exit(code),
  usage: () => {
    const cpu = process.cpuUsage();
    return { residentBytes: process.memoryUsage.rss(), cpuMicroseconds: cpu.user + cpu.system };
  },
};

const watched = new WeakSet<NodeJS.WriteStream>();

/** Writes; where the reader has gone away (`sluice run … | head`) the process ends as by SIGPIPE, which recovery stands like any crash. */
function write(stream: NodeJS.WriteStream, text: string): void {
  if (!watched.has(stream)) {
    watched.add(stream);
    stream.on("error", (error) => {
      if (systemErrorCode(error) === "EPIPE") process.exit(141);
      throw error;
    });
  }
  stream.write(text);
}

/**
 * On Linux the process id with the time of its start, which tells it from any other that has had or will have the id; elsewhere the id
 * while a process runs under it.
 */
function identify(pid: number): string | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  if (process.platform === "linux") return identifyLinux(pid);
  try {
    process.kill(pid, 0);
    return String(pid);
  } catch (error) {
    return systemErrorCode(error) === "EPERM" ? String(pid) : undefined;
  }
}

/** The fields of `/proc/<pid>/stat` follow the command's name in parentheses; the third is the state (`Z`: dead, unburied), the 22nd the start. */
function identifyLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state = ""] = fields;
    return state === "Z" || state === "X" ? undefined : `${pid}@${fields[19] ?? ""}`;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}
