import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runJob } from "../../../runtime/query/run-job.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

const facts = (name: string): Buffer => readFileSync(new URL(`../../facts/${name}`, import.meta.url));

/** A file of several row groups, or blocks, of which the last is damaged. */
const damaged = {
  parquet: (): Buffer => {
    const bytes = facts("parquet/spark-groups.parquet");
    const footer = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
    return bytes.fill(0xff, Math.floor(footer / 2), footer);
  },
  avro: (): Buffer => facts("avro/everything-null.avro").subarray(0, -20),
};

const whole = { parquet: facts("parquet/spark-groups.parquet"), avro: facts("avro/everything-null.avro") };
const codes = { parquet: "R7770", avro: "R7758" };

function machine(format: "parquet" | "avro", first: Uint8Array): SimHost {
  const host = new SimHost({ autoAdvance: true });
  host.fs.put(`/home/in/1.${format}`, first, host.clock.now() - 10_000);
  host.fs.put(`/home/in/2.${format}`, whole[format], host.clock.now() - 9_000);
  return host;
}

/** What the last run has printed. */
function counted({ stdout }: SimHost): number {
  return Number(/"n":(\d+)\}\n$/.exec(stdout)?.[1]);
}

const argv = ["--query", "out", "--available-now", "--checkpoint", "cp", "--sql", "select count(*) as n from out", "--json"];

async function run(host: SimHost, format: "parquet" | "avro", options: string, more = ""): Promise<number> {
  return runJob(loadJob(compileText(`source a: { id: long? } from file("in/", format: "${format}"${options})\n${more}sink out = a into memory()`, { optimize: true })), argv, host);
}

async function rowsOf(host: SimHost, format: "parquet" | "avro"): Promise<number> {
  expect(await run(host, format, "")).toBe(0);
  return counted(host);
}

test.each(["parquet", "avro"] as const)("a damaged %s file ends the query, as it should, unless the job says where malformed records go", async (format) => {
  const all = await rowsOf(machine(format, whole[format]), format) / 2;
  const host = machine(format, damaged[format]());
  expect(await run(host, format, "")).toBe(3);
  expect(host.stderr).toContain(`error[${codes[format]}]`);
  expect(await run(host, format, ', malformed: "null"')).toBe(3);
  // Started again with the same checkpoint, as the error's help has it.
  expect(await run(host, format, ', malformed: "drop"')).toBe(0);
  const read = counted(host);
  expect(read).toBeGreaterThan(all);
  expect(read).toBeLessThan(2 * all);
});

test.each(["parquet", "avro"] as const)("a damaged %s file is one record of the side output, with the reason and what was read before", async (format) => {
  const host = machine(format, damaged[format]());
  expect(await run(host, format, ", malformed: broken", 'sink broken into file("broken/", format: "json")\n')).toBe(0);
  const read = counted(host);
  const before = read - await rowsOf(machine(format, whole[format]), format) / 2;
  const lines = host.fs.files("/home/broken").filter((path) => path.endsWith(".json") && !path.includes("_sluice")).flatMap((path) => new TextDecoder().decode(host.fs.readFile(path)).trim().split("\n"));
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([{ source: `in/1.${format}`, position: `row ${before}`, error: expect.stringMatching(new RegExp(`is damaged: .*; the rows before ${before} are read$`)), raw: damaged[format]().subarray(0, 64).toString("base64") }]);
  expect(before).toBeGreaterThan(0);
});

test("a damaged file that is taken away is passed over with `ignoreMissingFiles`", async () => {
  const host = machine("parquet", damaged.parquet());
  expect(await run(host, "parquet", "")).toBe(3);
  host.fs.remove("/home/in/1.parquet");
  expect(await run(host, "parquet", ", ignoreMissingFiles: true")).toBe(0);
});
