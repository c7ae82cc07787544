import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { testJob } from "../../runtime/testing/index.ts";
import { generatedJob } from "../support/generated-job.ts";

const job = await generatedJob("stock-ticks");
const data = fileURLToPath(new URL("../../examples/stock-ticks/data/", import.meta.url));
const files = Object.fromEntries(readdirSync(data).sort().map((name) => [`examples/stock-ticks/data/${name}`, readFileSync(join(data, name), "utf8")]));
/** Ticks by file, as the oracle reads them. */
const ticks = Object.values(files).map((text) => text.trimEnd().split("\n").slice(1).map((line) => line.split(",")).map(([ticker = "", at = "", price, volume]) => ({ ticker, at: at.replace("Z", ".000Z"), price: Number(price), volume: Number(volume) })));

beforeEach(() => void (process.env["TICKS_SAVED"] = mkdtempSync(join(tmpdir(), "sluice-ticks-"))));
afterEach(() => rmSync(folder(), { recursive: true }));

it("gives four results of one stream, one file a batch", async () => {
  const kit = testJob(job, { ownConnectors: ["ticks"], files });
  await kit.step();
  expect(kit.rows("of_watched")).toEqual(ticks.flat().filter(({ ticker }) => ticker === "EMC"));
  expect(kit.rows("large")).toEqual(ticks.flat().filter(({ volume }) => volume > 500_000).map(({ ticker, at, volume }) => ({ ticker, at, volume })));
  expect(kit.batches("counts").map(({ rows }) => rows.map(({ row }) => row))).toEqual([
    [{ ticker: "EMC", n: 3, volume: 1_052_000 }, { ticker: "ACME", n: 2, volume: 60_500 }, { ticker: "BOLT", n: 1, volume: 1_250_000 }],
    [{ ticker: "BOLT", n: 2, volume: 574_000 }, { ticker: "CORE", n: 1, volume: 500_001 }],
    [{ ticker: "EMC", n: 2, volume: 1_815_000 }, { ticker: "ACME", n: 1, volume: 33_000 }, { ticker: "CORE", n: 1, volume: 2100 }],
  ]);
  expect(saved().map(([, text]) => JSON.parse(text) as unknown)).toEqual(ticks.map((rows, batch) => ({ batch, ticks: rows })));
  await kit.stop();
});

it("takes another ticker and another threshold", async () => {
  const kit = testJob(job, { ownConnectors: ["ticks"], files, params: { watched: "CORE", threshold: "1000000" } });
  await kit.step();
  expect(kit.rows("of_watched")).toHaveLength(2);
  expect(kit.rows("large")).toMatchObject([{ ticker: "BOLT", volume: 1_250_000 }, { ticker: "EMC", volume: 1_800_000 }]);
  await kit.stop();
});

it("writes the same files when batches are run again", async () => {
  const calm = testJob(job, { ownConnectors: ["ticks"], files });
  await calm.drain();
  const expected = saved();
  expect(expected.map(([name]) => name)).toEqual(["ticks-0.json", "ticks-1.json", "ticks-2.json"]);
  for (const point of ["offsets.synced", "sink-function.returned", "sinks.prepared", "batch.rows-read", "commits.written"] as const) {
    rmSync(folder(), { recursive: true });
    const kit = testJob(job, { ownConnectors: ["ticks"], files });
    kit.crashAt(point, 2);
    await kit.step();
    expect(kit.crashed, point).toBe(true);
    await kit.restart();
    await kit.stop();
    expect(saved(), point).toEqual(expected);
    expect(kit.rows("counts"), point).toHaveLength(8);
  }
});

function folder(): string {
  return process.env["TICKS_SAVED"] ?? "";
}

/** Names and bytes of what is saved. */
function saved(): readonly (readonly [name: string, text: string])[] {
  return readdirSync(folder()).sort().map((name) => [name, readFileSync(join(folder(), name), "utf8")]);
}
