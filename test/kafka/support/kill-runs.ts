import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { emitJob } from "../../../compiler/emit.ts";
import { kafkajsClient } from "../../../runtime/connectors/kafka/client/kafkajs-client.ts";
import type { FaultPoint } from "../../../runtime/host/fault-points.ts";
import { SeededRandom } from "../../../runtime/testing/seeded-random.ts";
import { compileText } from "../../support/load-job.ts";
import { freshTopic } from "./fresh-topic.ts";
import { readTopic } from "./read-topic.ts";

/** Where a job between topics is killed: in the order of a batch, up to the moment before the batch is noted in the checkpoint. */
export const killPoints = ["kafka.begun", "kafka.sent", "kafka.flushed", "kafka.before-commit", "kafka.committed", "sinks.committed", "commits.half-written"] as const satisfies readonly FaultPoint[];

export interface KillRunOptions {
  /** `host:port`. */
  readonly address: string;
  readonly kills: number;
  readonly seed: number;
  /** Besides, every eighth kill is at any moment of a run, wherever that is. */
  readonly atAnyMoment?: boolean;
  /** Called while the nth job runs that is to be killed. */
  readonly disturb?: (nth: number) => Promise<void>;
  readonly report?: (message: string) => void;
}

/** What a reader with `read_committed` counted at the end. */
export interface KillOutcome {
  readonly messages: number;
  /** How often the process died of its fault point; the others came to their end before they reached it. */
  readonly killed: number;
  readonly lost: readonly number[];
  readonly twice: readonly number[];
  /** Groups whose counts did not rise from message to message, or did not come to what is right. */
  readonly wrongGroups: readonly string[];
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
const groups = 7;
const perRun = 150;
/** Milliseconds after which a run counts as hanging. */
const patience = 120_000;

/**
 * Kills a job of two queries between topics, one stateless and one with state, both exactly once, again and again at the fault points of its
 * batches (`kill -9` of a process of its own), with new messages before every start; then lets it come to its end and counts.
 */
export async function killRuns({ address, kills, seed, atAnyMoment = false, disturb, report = () => undefined }: KillRunOptions): Promise<KillOutcome> {
  const random = new SeededRandom(seed);
  const [input, copies, sums, commits] = [await freshTopic(address, "in", 3), await freshTopic(address, "copies", 2), await freshTopic(address, "sums", 2), await freshTopic(address, "commits", 1, { "cleanup.policy": "compact" })];
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "sluice-kills-"));
  try {
    const program = await bundle(folder, jobText({ address, input, copies, sums, commits }));
    let [sent, killed] = [0, 0];
    for (let kill = 0; kill < kills; kill++) {
      await append(address, input, sent, perRun);
      sent += perRun;
      const point = killPoints[kill % killPoints.length] ?? killPoints[0];
      const fault = `${point}:${1 + Math.floor(random.next() * (point === "kafka.sent" ? 8 : 2))}`;
      const isAnywhere = atAnyMoment && kill % 8 === 7;
      const started = isAnywhere ? run(program, folder, "", 300 + random.next() * 1500) : run(program, folder, fault);
      const [ended] = await Promise.all([started, disturb?.(kill)]);
      report(`${kill + 1}: ${isAnywhere ? "at any moment" : fault} ${ended.signal ?? ended.code}`);
      if (ended.signal === "SIGKILL") killed++;
      else if (ended.code !== 0) throw new Error(`seed ${seed}, kill ${kill + 1} at ${fault}: ${ended.stderr}`);
    }
    const last = await run(program, folder, "");
    if (last.code !== 0) throw new Error(`seed ${seed}, the last run: ${last.stderr}`);
    return { messages: sent, killed, ...(await counted(address, copies, sent)), wrongGroups: await wrongGroups(address, sums, sent) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Places {
  readonly address: string;
  readonly input: string;
  readonly copies: string;
  readonly sums: string;
  readonly commits: string;
}

function jobText({ address, input, copies, sums, commits }: Places): string {
  const sink = `format: "json", key: k, delivery: "exactly once", commitsTopic: "${commits}", maxPendingBytes: 3000, retries: 200, retryInterval: 200 milliseconds`;
  return `source events: { id: long, k: string } from kafka("${address}", subscribe: "${input}", format: "json", startingOffsets: "earliest", maxOffsetsPerTrigger: 60, retries: 200, retryInterval: 200 milliseconds)
sink copies = events |> select id, k into kafka("${address}", topic: "${copies}", ${sink})
sink sums = events |> aggregate count() as n group by k into kafka("${address}", topic: "${sums}", ${sink}) mode update`;
}

/** The job's emitted modules as one file that Node starts by itself, with the libraries beside it. */
async function bundle(folder: string, text: string): Promise<string> {
  const modules = join(folder, "modules");
  mkdirSync(modules);
  const specifier = (entry: string): string => join(root, entry === "runtime" ? "runtime/index.ts" : `${entry}.ts`);
  for (const { name, text: emitted } of emitJob(compileText(text, { optimize: true }), { runtimeSpecifier: specifier, userSpecifier: (own) => own })) writeFileSync(join(modules, name), emitted);
  const program = join(folder, "job.mjs");
  await build({ entryPoints: [join(modules, "job.ts")], outfile: program, bundle: true, platform: "node", format: "esm", target: "node20", packages: "external", logLevel: "silent" });
  return program;
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** Runs the job over what is there, in a process of its own that dies at a fault point, or after so many milliseconds. */
function run(program: string, directory: string, fault: string, milliseconds?: number): Promise<Ended> {
  const child = spawn(process.execPath, [program, "--available-now", "--checkpoint", "checkpoints"], { cwd: directory, env: { ...process.env, SLUICE_FAULT: fault }, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const stop = (): void => void child.kill("SIGKILL");
  process.once("exit", stop);
  const timer = milliseconds === undefined ? undefined : setTimeout(stop, milliseconds);
  return new Promise((resolve, reject) => {
    const hanging = setTimeout(() => {
      stop();
      reject(new Error(`a run that is to die at ${fault === "" ? "no point" : fault} hangs: ${stderr}`));
    }, patience);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(hanging);
      clearTimeout(timer);
      process.off("exit", stop);
      resolve({ code, signal, stderr });
    });
  });
}

async function append(address: string, topic: string, from: number, count: number): Promise<void> {
  const client = await kafkajsClient({ brokers: [address], clientId: "writer", connectionTimeout: 5000, requestTimeout: 10_000, retries: 100, retryInterval: 200, report: () => undefined });
  try {
    const producer = await client.producer({ compression: "none" });
    const messages = Array.from({ length: count }, (_, at) => {
      const id = from + at;
      return { topic, partition: id % 3, key: null, value: new TextEncoder().encode(JSON.stringify({ id, k: `k${id % groups}` })), headers: [] };
    });
    await producer.send(messages);
    await producer.close();
  } finally {
    await client.close();
  }
}

async function counted(address: string, topic: string, sent: number): Promise<Pick<KillOutcome, "lost" | "twice">> {
  const counts = new Map<number, number>();
  for (const { value } of await readTopic(address, topic, "read_committed", true)) {
    const id = numberIn(value, "id");
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return {
    lost: Array.from({ length: sent }, (_, id) => id).filter((id) => !counts.has(id)),
    twice: [...counts].filter(([, count]) => count > 1).map(([id]) => id),
  };
}

/** Every batch raises the counts of its groups, so that a batch that is seen twice shows a count twice. */
async function wrongGroups(address: string, topic: string, sent: number): Promise<readonly string[]> {
  const byGroup = new Map<string, number[]>();
  for (const { key, value } of await readTopic(address, topic, "read_committed", true)) {
    const group = Buffer.from(key ?? []).toString("utf8");
    const counts = byGroup.get(group) ?? [];
    byGroup.set(group, counts);
    counts.push(numberIn(value, "n"));
  }
  return Array.from({ length: groups }, (_, group) => group).flatMap((group) => {
    const counts = byGroup.get(`k${group}`) ?? [];
    const right = Math.floor((sent - 1 - group) / groups) + 1;
    const rises = counts.every((count, at) => at === 0 || count > (counts[at - 1] ?? 0));
    return rises && counts.at(-1) === right ? [] : [`k${group}: ${counts.join(" ")}, and not up to ${right}`];
  });
}

function numberIn(bytes: Uint8Array | null, member: string): number {
  const row: unknown = JSON.parse(Buffer.from(bytes ?? []).toString("utf8"));
  return typeof row === "object" && row !== null ? Number(Object.entries(row).find(([name]) => name === member)?.[1]) : NaN;
}
