import fc from "fast-check";
import { expect, test } from "vitest";
import { fileSink } from "../../../runtime/connectors/file.ts";
import { readCapture } from "../../../runtime/query/capture-reader.ts";
import type { SimHost } from "../../../runtime/testing/index.ts";
import { startHarness } from "../../../runtime/testing/index.ts";
import { crashPlaces, machineWith, runOn, runWithCrashes, sinkLines } from "../../examples/machine.ts";
import { compileText, loadJob } from "../../support/load-job.ts";
import { handMadeJob, rowsOf, type HandMadeRow } from "./hand-made-job.ts";

interface Change {
  readonly k: string;
  readonly n: number;
  readonly weight: 1 | -1;
}

const columns = [
  { name: "k", type: "string", nullable: false },
  { name: "n", type: "long", nullable: false },
];

/** A job that passes changes on as its input has them, a weight as `t`. */
function passing(key?: readonly string[]): ReturnType<typeof handMadeJob> {
  return handMadeJob(["changes"], {
    mode: "update",
    sink: fileSink({ path: "/out", changelog: "op" }),
    columns,
    ...(key === undefined ? {} : { key }),
    build: ({ output }) => ({
      reads: {
        changes: (batch) => {
          for (const [{ k = "", n = 0, t }] of rowsOf(batch)) output.change(t === -1 ? -1 : 1, { k, n });
        },
      },
    }),
  });
}

const inputOf = ({ k, n, weight }: Change): string => JSON.stringify({ k, n, t: weight } satisfies HandMadeRow);
const writtenAs = /^\{"op":"(\+I|\+U|-D)",("k":"(\w)","n":\d)\}$/;

/** What the lines of a changelog make up: by key, or as a multiset of rows. */
function resultOf(lines: readonly string[], byKey: boolean): readonly string[] {
  const rows: { readonly id: string; readonly row: string }[] = [];
  for (const line of lines) {
    const [, kind, row = "", k = ""] = writtenAs.exec(line) ?? expect.unreachable(line);
    const id = byKey ? k : row;
    const at = rows.findIndex((other) => other.id === id);
    expect(at < 0, line).toBe(kind === "+I" && (byKey || at < 0));
    if (kind !== "+I") rows.splice(at, 1);
    if (kind !== "-D") rows.push({ id, row });
  }
  return rows.map(({ row }) => row).sort();
}

/** Batches of changes of a result with one row a key, with what the last leaves. */
const changesByKey = fc.array(fc.array(fc.record({ k: fc.constantFrom("a", "b", "c"), n: fc.option(fc.integer({ min: 0, max: 3 })) }), { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }).map((batches) => {
  const result = new Map<string, number>();
  const changes = batches.map((batch) =>
    batch.flatMap(({ k, n }): readonly Change[] => {
      const before = result.get(k);
      if (n === null) result.delete(k);
      else result.set(k, n);
      return [...(before === undefined ? [] : [{ k, n: before, weight: -1 as const }]), ...(n === null ? [] : [{ k, n, weight: 1 as const }])];
    }),
  );
  return { batches: changes.filter((batch) => batch.length > 0), result: [...result].map(([k, n]) => `"k":"${k}","n":${n}`).sort() };
});

const points = ["offsets.synced", "batch.rows-read", "sinks.before-prepare", "sinks.prepared", "sinks.committed", "commits.synced", "none"];

test("what is sent makes up the sum of the changes, by key and without, also where batches are cut off and run again", async () => {
  await fc.assert(
    fc.asyncProperty(changesByKey, fc.boolean(), fc.array(fc.constantFrom(...points), { minLength: 4, maxLength: 4 }), async ({ batches, result }, byKey, crashes) => {
      const harness = startHarness(passing(byKey ? ["k"] : undefined));
      for (const [at, batch] of batches.entries()) {
        harness.crashAt(crashes[at] ?? "none");
        await harness.step({ changes: batch.map(inputOf) });
        if (harness.failure !== undefined) await harness.restart();
      }
      await harness.stop();
      expect(resultOf(sinkLines(harness.host, "/out"), byKey)).toEqual(result);
    }),
    { numRuns: 40 },
  );
});

test("memory shows the rows that stand, without a key as often as they are there", async () => {
  for (const key of [undefined, ["k"]]) {
    const job = handMadeJob(["changes"], {
      mode: "update",
      columns,
      ...(key === undefined ? {} : { key }),
      build: ({ output }) => ({
        reads: {
          changes: (batch) => {
            for (const [{ k = "", n = 0, t }] of rowsOf(batch)) output.change(t === -1 ? -1 : 1, { k, n });
          },
        },
      }),
    });
    const harness = startHarness(job);
    await harness.step({ changes: [inputOf({ k: "a", n: 1, weight: 1 }), inputOf({ k: "b", n: 1, weight: 1 }), ...(key === undefined ? [inputOf({ k: "b", n: 1, weight: 1 })] : [])] });
    const [batch] = await harness.step({ changes: [inputOf({ k: "b", n: 1, weight: -1 }), inputOf({ k: "a", n: 2, weight: 1 }), inputOf({ k: "a", n: 1, weight: -1 })] });
    expect(batch?.rows.map(({ kind, json }) => [kind, json])).toEqual(
      key === undefined ? [["-D", '{"k":"b","n":1}'], ["-D", '{"k":"a","n":1}'], ["+I", '{"k":"a","n":2}']] : [["-D", '{"k":"b","n":1}'], ["+U", '{"k":"a","n":2}']],
    );
    expect((await harness.sql("select k, n from out order by k")).rows).toEqual(key === undefined ? [["a", 2], ["b", 1]] : [["a", 2]]);
    await harness.stop();
  }
});

const newest = (columns: string): string => `
  source changes: { op: string, id: int, version: int, name: string } from queue()
  stream rows = changes |> top 1 by version desc per id |> where op != "d" |> drop ${columns}
  stream names = rows |> aggregate count() as n group by name
`;

test.each([
  ["by key", `${newest("op, version")} sink out = rows into memory() mode update`],
  ["as whole rows", `${newest("op, version, id")} sink out = rows into memory() mode update`],
  ["of an aggregate", `${newest("op, version")} sink out = names into memory() mode update`],
  ["of an aggregate without its key", `${newest("op, version")} sink out = names |> select n into memory() mode update`],
])("a result that changes is shown again after a restart, and goes on: %s", async (_what, text) => {
  const row = (op: string, id: number, version: number, name: string): { readonly op: string; readonly id: number; readonly version: number; readonly name: string } => ({ op, id, version, name });
  const batches = [
    [row("c", 1, 1, "a"), row("c", 2, 1, "a"), row("c", 3, 1, "b")],
    [row("u", 1, 3, "b"), row("d", 3, 2, "b"), row("u", 1, 2, "c"), row("c", 4, 1, "a")],
    [row("d", 2, 2, "a"), row("c", 3, 3, "c")],
  ];
  const job = loadJob(compileText(text, { optimize: true }));
  const rowsAfter = async (restarts: boolean): Promise<readonly (readonly unknown[])[]> => {
    const harness = startHarness(job);
    const results: (readonly unknown[])[] = [];
    for (const batch of batches) {
      await harness.step({ changes: batch });
      const before = (await harness.sql("select * from out")).rows.map(String).sort();
      results.push(before);
      if (!restarts) continue;
      await harness.stop();
      await harness.restart();
      expect((await harness.sql("select * from out")).rows.map(String).sort()).toEqual(before);
    }
    await harness.stop();
    return results;
  };
  const calm = await rowsAfter(false);
  expect(calm.map((rows) => rows.length)).not.toContain(0);
  expect(await rowsAfter(true)).toEqual(calm);
});

const counts = loadJob(
  compileText(
    `
      source clicks: { page: string, n: int } from file("/data/clicks/", format: "json", maxFilesPerTrigger: 1)
      sink out = clicks |> aggregate sum(n) as n group by page |> where n < 10 into file("/out", format: "json", changelog: "op") mode update
    `,
    { optimize: true },
  ),
);
const clicks = [
  { name: "clicks/1.json", text: '{"page":"a","n":1}\n{"page":"b","n":1}\n' },
  { name: "clicks/2.json", text: '{"page":"a","n":2}\n' },
  { name: "clicks/3.json", text: '{"page":"a","n":20}\n{"page":"b","n":3}\n' },
];
const run = ["--available-now", "--checkpoint", "/checkpoints", "--changelog"];
const told = (host: SimHost): readonly (readonly string[])[] => readCapture(host.fs.text("/capture") ?? "").map(({ rows }) => rows.map(({ kind, json }) => `${kind} ${json}`));
const changelog = [
  ['+I {"page":"a","n":1}', '+I {"page":"b","n":1}'],
  ['-U {"page":"a","n":1}', '+U {"page":"a","n":3}'],
  ['-D {"page":"a","n":3}', '-U {"page":"b","n":1}', '+U {"page":"b","n":4}'],
];

test("--changelog tells what stood before, also when that was before a restart", async () => {
  const host = machineWith(clicks.slice(0, 2));
  expect(await runOn(host, counts, run), host.stderr).toBe(0);
  for (const { name, text } of clicks.slice(2)) host.fs.put(`/data/${name}`, text);
  expect(await runOn(host, counts, run), host.stderr).toBe(0);
  expect(told(host)).toEqual(changelog);
  expect(sinkLines(host, "/out").map((line) => line.slice(0, 20))).toEqual(['{"op":"+I","page":"a', '{"op":"+I","page":"b', '{"op":"+U","page":"a', '{"op":"-D","page":"a', '{"op":"+U","page":"b']);
});

test("a crash at any fault point changes neither the changelog nor what the file sink has of it", async () => {
  const calm = machineWith(clicks);
  expect(await runOn(calm, counts, run), calm.stderr).toBe(0);
  expect(told(calm)).toEqual(changelog);
  for (const crash of crashPlaces(calm.reached)) {
    const { host, code, died } = await runWithCrashes(machineWith(clicks), counts, run, [crash]);
    const where = `crash at fault point ${crash}: ${calm.reached[crash - 1] ?? ""}\n${host.stderr}`;
    expect([code, died], where).toEqual([0, 1]);
    expect(told(host), where).toEqual(changelog);
    expect(sinkLines(host, "/out"), where).toEqual(sinkLines(calm, "/out"));
  }
}, 60_000);
