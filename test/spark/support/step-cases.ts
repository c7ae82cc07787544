import { readFileSync } from "node:fs";
import { sampleFiles } from "../../support/samples.ts";
import { type CaseFile, type DifferentialCase, howOf } from "./differential-case.ts";

const minute = 60_000;

/** The samples of `test/samples/spark`, one a kind of step, over rows that close windows, come late, tie and have nulls. */
export function stepCases(): readonly DifferentialCase[] {
  return sampleFiles("spark", ".sluice").map(({ name, path }): DifferentialCase => {
    const text = readFileSync(path, "utf8");
    // Where each query keeps its state is said by the run.
    const apart = text.replaceAll(/ checkpoint "[^"]*"/g, "").replaceAll(/ trigger every [^\n]*$/gm, "");
    // Few rows need few partitions, of which each costs time on Spark.
    const said = apart.includes("option statePartitions") ? apart : `option statePartitions = 1\n${apart}`;
    return { name, path, text: (folder) => said.replaceAll('"data/', `"${folder}/data/`), runs: [[...tables(), ...interleaved()]], how: howOf(text) };
  });
}

/** A file of each source by turns: a batch of each. */
function interleaved(): readonly CaseFile[] {
  return Array.from({ length: 6 }, (_, batch) => [
    file(`data/visits/${batch}.json`, visits(batch)),
    file(`data/orders/${batch}.json`, orders(batch)),
    file(`data/payments/${batch}.json`, payments(batch)),
    file(`data/odd/${batch}.json`, odd(batch)),
  ]).flat();
}

function tables(): readonly CaseFile[] {
  const pages = ["/", "/a", "/b", "/c", "/d"].map((page, at) => ({ page, title: at === 2 ? null : `Title ${at % 2}`, visits: at === 3 ? 7 : at * 3 + 1 }));
  const users = [1, 2, 3, 4].map((id) => ({ id, name: `user ${id}`, page: id === 3 ? null : `/${"abc"[id - 1] ?? "x"}` }));
  return [file("data/pages.json", pages), file("data/users.json", users)];
}

/** Batch 3 has late rows; batch 5 closes all. */
function visits(batch: number): readonly object[] {
  const start = [0, 20, 45, 30, 150, 3000][batch] ?? 0;
  return Array.from({ length: 12 }, (_, at) => ({
    at: time(start + ((at * 7) % 31), (at * 13) % 60),
    page: ["/", "/a", "/b", " /c", "/A"][(at + batch) % 5],
    user: at % 4 === 3 ? null : (at % 5) + 1,
    took: (at * 5) % 13,
    ms: at % 6 === 0 ? 1500.5 : at % 6 === 1 ? 1000 : 250.25 * at,
    tags: at % 3 === 0 ? [] : ["x", "y"].slice(0, at % 3),
    times: at % 2 === 0 ? { load: at, paint: at * 2 } : {},
  }));
}

function orders(batch: number): readonly object[] {
  return Array.from({ length: 4 }, (_, at) => ({ id: batch * 4 + at, at: time([0, 10, 20, 5, 120, 3000][batch] ?? 0, at * 11), due: time(200, 0), user: at + 1 }));
}

function payments(batch: number): readonly object[] {
  return Array.from({ length: 4 }, (_, at) => ({ order: Math.max(0, batch * 4 + at - (at % 3) * 2), at: time(([0, 10, 20, 5, 120, 3000][batch] ?? 0) + at * 20, 5), amount: batch + at / 4 }));
}

function odd(batch: number): readonly object[] {
  return Array.from({ length: 3 }, (_, at) => ({ "a.b": `k${at % 2}`, "tick`s": batch * 3 + at, "sp ace": time(batch * 2, at), "*": at, def: at % 2, at: batch, window: "w" }));
}

function time(minutes: number, seconds: number): string {
  return new Date(Date.UTC(2024, 2, 30, 22) + minutes * minute + seconds * 1000).toISOString();
}

function file(path: string, rows: readonly object[]): CaseFile {
  return { path, content: `${rows.map((row) => JSON.stringify(row)).join("\n")}\n` };
}
