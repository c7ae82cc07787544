import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { GeneratedFile } from "../../examples/seeded.ts";
import type { JobDefinition } from "../../runtime/query/definition.ts";
import type { SimHost } from "../../runtime/testing/index.ts";
import { goldenTest } from "../support/samples.ts";
import { capturedRows, crashPlaces, type InputFile, machineWith, runOn, runWithCrashes } from "./machine.ts";

type Answers = Readonly<Record<string, readonly string[]>>;

/** The tests that the generator's bytes are in `examples/FOLDER/data`, and the oracle's answers in `examples/FOLDER/expected`. */
export function testFiles(folder: string, generated: readonly GeneratedFile[], answers: Answers): void {
  const root = fileURLToPath(new URL(`../../examples/${folder}/`, import.meta.url));
  test("the generator gives the bytes that are in the repository", () => {
    for (const { name, text } of generated) expect(readFileSync(`${root}data/${name}`, "utf8") === text, name).toBe(true);
  });
  test.each(Object.keys(answers))("expected/%s.jsonl is what plain loops over the data give", (query) => {
    goldenTest(`${(answers[query] ?? []).join("\n")}\n`, `${root}expected/${query}.jsonl`);
  });
}

/**
 * The tests that every query of a job gives the answers: all at once, a file a batch, killed now and then, and killed at each fault point once or a few times over `few` of the data.
 * With `order: "any"` rows are compared without one: answers sorted.
 */
export function testRuns(job: JobDefinition, files: readonly InputFile[], params: Readonly<Record<string, string>>, answers: Answers, few: readonly InputFile[], { order = "kept" }: { readonly order?: "kept" | "any" } = {}): void {
  const rowsOf = (host: SimHost, query: string): readonly string[] => (order === "kept" ? capturedRows(host, job, query) : [...capturedRows(host, job, query)].sort());
  const given = Object.entries(params).flatMap(([name, value]) => ["--param", `${name}=${value}`]);
  const drain = ["--drain", "--checkpoint", "/checkpoints", ...given];

  test(`${job.name} gives the same by --batch and a file a batch`, async () => {
    for (const argv of [["--batch", ...given], drain]) {
      const host = machineWith(files);
      expect(await runOn(host, job, argv), host.stderr).toBe(0);
      for (const [query, rows] of Object.entries(answers)) expect(rowsOf(host, query), query).toEqual(rows);
    }
  });

  test(`${job.name} killed again and again gives the same`, async () => {
    const { host, code } = await runWithCrashes(machineWith(files), job, drain, [31, 82, 57, 120]);
    expect(code, host.stderr).toBe(0);
    for (const [query, rows] of Object.entries(answers)) expect(rowsOf(host, query), query).toEqual(rows);
  });

  test(`a crash of ${job.name} at any of its fault points, tried the first time, in the middle and the last time, changes nothing`, async () => {
    const calm = machineWith(few);
    expect(await runOn(calm, job, drain), calm.stderr).toBe(0);
    for (const crash of crashPlaces(calm.reached)) {
      const { host, code, died } = await runWithCrashes(machineWith(few), job, drain, [crash]);
      const where = `crash at fault point ${crash}: ${calm.reached[crash - 1] ?? ""}\n${host.stderr}`;
      expect([code, died], where).toEqual([0, 1]);
      for (const query of Object.keys(answers)) expect(rowsOf(host, query), `${query}, ${where}`).toEqual(rowsOf(calm, query));
    }
  }, 120_000);
}

/** The first two files of an input with their first lines. */
export function fewLines(files: readonly InputFile[], lines: number): readonly InputFile[] {
  return files.slice(0, 2).map(({ name, text }) => ({ name, text: `${text.split("\n").slice(0, lines).join("\n")}\n` }));
}

/** Files of data in a folder of their own on the machine, `/data/FOLDER`. */
export function inFolder(folder: string, files: readonly InputFile[]): readonly InputFile[] {
  return files.map(({ name, text }) => ({ name: `${folder}/${name}`, text }));
}
