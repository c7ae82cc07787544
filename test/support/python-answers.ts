import { spawnSync } from "node:child_process";

/** Whether there is a Python to ask. In CI there has to be one. */
export const hasPython = spawnSync("python3", ["--version"]).status === 0 || process.env["CI"] === "true";

/** What a script of Python says to `input` (its standard input, as JSON), as JSON from its standard output. */
export function askPython(script: string, input: unknown): unknown {
  const { status, stdout, stderr } = spawnSync("python3", ["-c", script], { input: JSON.stringify(input), encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, PYTHONUTF8: "1" } });
  if (status !== 0) throw new Error(`python3 ended with ${status}: ${stderr}`);
  const answer: unknown = JSON.parse(stdout);
  return answer;
}
