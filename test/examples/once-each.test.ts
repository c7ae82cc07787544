import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { faultPoints, testJob, type TestKit } from "../../runtime/testing/index.ts";
import { generatedJob } from "../support/generated-job.ts";
import { crashPlaces } from "./machine.ts";

const job = await generatedJob("once-each");
const data = fileURLToPath(new URL("../../examples/once-each/data/", import.meta.url));
const files = Object.fromEntries(readdirSync(data).sort().map((name) => [`examples/once-each/data/${name}`, readFileSync(join(data, name), "utf8")]));

type Row = Readonly<Record<string, unknown>>;

interface Line {
  readonly version: number;
  readonly rows: readonly Row[];
}

let folder = "";

beforeEach(() => newFolder());
afterEach(() => rmSync(folder, { recursive: true }));

it("writes each payment once, and each balance once for each batch that changed it", async () => {
  await over(testJob(job, { ownConnectors: ["incoming"], files }));
  expect(rowsOf("payments").map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(rowsOf("balances").filter(({ account }) => account === "ann")).toEqual([{ account: "ann", balance: 15, payments: 2 }, { account: "ann", balance: 16, payments: 3 }]);
  expect(readdirSync(join(folder, "payments"))).toEqual(["0.jsonl"]);
  expect(readdirSync(join(folder, "balances")).length).toBeGreaterThan(1);
});

it.each(["payments", "balances"])("has each row of `%s` once, wherever the process dies: at every fault point", async (sink) => {
  const options = { ownConnectors: ["incoming"], files, queries: [sink] };
  const calm = testJob(job, options);
  await over(calm);
  const expected = versions(sink);
  const { reached } = calm.host;
  for (const place of crashPlaces(reached)) {
    const point = faultPoints.find((name) => name === reached[place - 1]);
    if (point === undefined) throw new TypeError(`${reached[place - 1]} is no fault point`);
    const occurrence = reached.slice(0, place).filter((other) => other === point).length;
    newFolder();
    const kit = testJob(job, options);
    kit.crashAt(point, occurrence);
    await kit.step();
    expect(kit.crashed, `${point} ${occurrence}`).toBe(true);
    await kit.restart({ loss: occurrence % 2 === 0 ? "kill" : "power loss" });
    await over(kit);
    expect(versions(sink), `${point} ${occurrence}`).toEqual(expected);
  }
  expect(new Set(crashPlaces(reached).map((place) => reached[place - 1]))).toEqual(new Set(reached));
});

it("takes away a line that a crash has cut off", async () => {
  const kit = testJob(job, { ownConnectors: ["incoming"], files, queries: ["payments"] });
  await kit.step();
  const expected = stored("payments");
  appendFileSync(join(folder, "payments", "0.jsonl"), '{"version":3,"rows":[{"id":10,');
  kit.putFile("examples/once-each/data/payments-4.json", '{"id":10,"account":"fay","amount":3}\n');
  await over(kit);
  const [[name, text] = ["", ""]] = expected;
  expect(stored("payments")).toEqual([[name, `${text}{"version":3,"rows":[{"id":10,"account":"fay","amount":3}]}\n`]]);
});

function newFolder(): void {
  if (folder !== "") rmSync(folder, { recursive: true, force: true });
  folder = process.env["LEDGERS"] = mkdtempSync(join(tmpdir(), "sluice-ledgers-"));
}

/** Runs what is left to run, and ends. */
async function over(kit: TestKit): Promise<void> {
  await kit.step();
  await kit.stop();
}

/** Names and bytes of a store's files. */
function stored(store: string): readonly (readonly [name: string, text: string])[] {
  return readdirSync(join(folder, store)).sort().map((name) => [name, readFileSync(join(folder, store, name), "utf8")]);
}

/** All rows of a store. */
function rowsOf(store: string): readonly Row[] {
  return linesOf(store).flatMap(({ rows }) => rows);
}

/** Its rows with their versions, in an order of their own: which partition a key belongs to is drawn by lot when a checkpoint is made. */
function versions(store: string): readonly string[] {
  return linesOf(store).flatMap(({ version, rows }) => rows.map((row) => JSON.stringify({ version, ...row }))).sort();
}

function linesOf(store: string): readonly Line[] {
  return stored(store).flatMap(([, text]) => text.trimEnd().split("\n")).map((line) => JSON.parse(line) as Line);
}
