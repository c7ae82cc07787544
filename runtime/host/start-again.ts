import { spawn } from "node:child_process";
import type { ChildEnd, ChildProcess } from "./host.ts";
import { describeSystemError } from "../errors/system-error.ts";

/** Says to a process that another one has started it, which it is not to outlive. */
const supervisedVariable = "SLUICE_SUPERVISED";

/** Whether a supervisor has started this process: it said so, and there is or was a channel to it. A program that this one starts inherits the word, and has no channel. */
export function isSupervised(): boolean {
  // Undefined without a channel, false with one that the supervisor's death has closed.
  const { connected }: { readonly connected?: boolean } = process;
  return connected !== undefined && process.env[supervisedVariable] !== undefined;
}

/**
 * Starts the program of this process once more. It is in a group of processes of its own, so that a signal of the terminal comes to it through whoever started it, and
 * once; a channel between the two tells it when that one has died.
 */
export function startAgain(args: readonly string[], onStderr: (text: string) => void): ChildProcess {
  const [, program = ""] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, program, ...args], { stdio: ["ignore", "inherit", "pipe", "ipc"], detached: true, env: { ...process.env, [supervisedVariable]: "1" } });
  child.stderr?.setEncoding("utf8").on("data", onStderr);
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once("error", (error) => resolve({ code: null, problem: `it could not be started: ${describeSystemError(error)}` }));
    child.once("close", (code, signal) => resolve(signal === null ? { code } : { code: null, problem: `it was ended by ${signal}`, signal }));
  });
  return { ended, signal: (signal) => void child.kill(signal) };
}
