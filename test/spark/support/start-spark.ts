import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePorts } from "../../kafka/support/free-ports.ts";
import { localFileSettings, sparkJars } from "./spark-jars.ts";
import { sparkVenv } from "./spark-venv.ts";

/** A Spark that takes commands (`SparkClient`), started again whenever it dies. */
export interface SparkServer {
  readonly port: number;
  /** Ends it and removes what it wrote. */
  stop(): Promise<void>;
}

const server = fileURLToPath(new URL("server.py", import.meta.url));

/** Starts Spark, with settings `NAME=VALUE` of the session, and resolves when it takes commands. It dies with this process, however that ends. */
export async function startSpark(conf: readonly string[] = []): Promise<SparkServer> {
  const [port = 0] = await freePorts(1);
  const folder = mkdtempSync(join(tmpdir(), "sluice-spark-"));
  let [stopped, child] = [false, live(port, folder, conf)];
  const restart = (): void => {
    if (stopped) return;
    child = live(port, folder, conf);
    child.process.once("exit", restart);
  };
  await child.ready;
  child.process.once("exit", restart);
  return {
    port,
    stop: async () => {
      stopped = true;
      child.process.kill("SIGTERM");
      await child.ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** One life of it. */
function live(port: number, folder: string, conf: readonly string[]): { readonly process: ChildProcess; readonly ready: Promise<void>; readonly ended: Promise<void> } {
  const venv = sparkVenv();
  const settings = [`spark.jars=${sparkJars().join(",")}`, `spark.local.dir=${folder}`, `spark.sql.warehouse.dir=${join(folder, "warehouse")}`, ...localFileSettings(), ...conf];
  const process_ = spawn(join(venv, "bin/python"), [server, String(port), ...settings], {
    cwd: folder,
    env: { ...process.env, PYSPARK_PYTHON: join(venv, "bin/python"), PYTHONDONTWRITEBYTECODE: "1", SPARK_LOCAL_IP: "127.0.0.1", TZ: "UTC" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let said = "";
  const hear = (text: Buffer): void => {
    said = `${said}${text.toString("utf8")}`.slice(-4000);
  };
  process_.stderr.on("data", hear);
  const ended = new Promise<void>((resolve) => process_.once("exit", () => { resolve(); }));
  const ready = new Promise<void>((resolve, reject) => {
    process_.stdout.on("data", (text: Buffer) => {
      if (text.includes("ready")) resolve();
      else hear(text);
    });
    process_.once("error", reject);
    process_.once("exit", () => { reject(new Error(`Spark did not start: ${said}`)); });
  });
  // Only the first life is waited for; a later one is found out by who asks it.
  ready.catch(() => undefined);
  return { process: process_, ready, ended };
}
