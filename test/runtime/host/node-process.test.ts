import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";

const program = fileURLToPath(new URL("alone-program.ts", import.meta.url));
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

function start(stdio: "ipc" | "ignore"): { readonly child: ChildProcess; readonly said: Promise<string> } {
  const child = spawn(process.execPath, ["--import", "tsx", program], { stdio: ["ignore", "pipe", "inherit", stdio], env: { ...process.env, SLUICE_SUPERVISED: "1" } });
  started.push(child);
  let stdout = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  return { child, said: new Promise((resolve) => child.stdout?.once("end", () => resolve(stdout))) };
}

it("a process whose supervisor has died before it listened is told all the same", async () => {
  const { child, said } = start("ipc");
  child.disconnect();
  expect(await said).toBe("ends at SIGTERM.");
}, 60_000);

it("a program that a shard starts inherits the word, and is nobody's shard", async () => {
  const { said } = start("ignore");
  expect(await said).toBe(".");
}, 60_000);
