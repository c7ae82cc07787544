import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface CommandEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `sluice WORDS` in the root of the repository, in a process of its own; with `killedAt` it gets SIGKILL as soon as that file is there. */
export function runCli(words: readonly string[], { killedAt }: { readonly killedAt?: string } = {}): Promise<CommandEnd> {
  const child = spawn(process.execPath, ["compiler/cli/bin.mjs", ...words], { cwd: root, env: { ...process.env, NO_COLOR: "1" }, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const stop = (): void => void child.kill("SIGKILL");
  process.once("exit", stop);
  const watch = killedAt === undefined ? undefined : setInterval(() => existsSync(killedAt) && stop(), 5);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      clearInterval(watch);
      process.off("exit", stop);
      resolve({ code, signal, stdout, stderr });
    });
  });
}
