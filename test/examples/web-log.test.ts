import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { generate } from "../../examples/web-log/generate.ts";
import { contentPath, isContent } from "../../examples/web-log/pages.ts";
import { generatedJob } from "../support/generated-job.ts";
import { goldenTest } from "../support/samples.ts";
import { webLogAnswers } from "./log-oracle.ts";
import { capturedRows, machineWith, printedRows, runOn, runWithCrashes, sinkLines } from "./machine.ts";

const bounded = await generatedJob("web-log");
const stream = await generatedJob("web-log-stream");
const folder = fileURLToPath(new URL("../../examples/web-log/", import.meta.url));
const answers = webLogAnswers();
const queries = ["record_count", "replies", "daily_urls", "content_pages", "urlranks", "failed_requests"];
const drain = ["--drain", "--checkpoint", "/checkpoints", "--param", "logs=/data", "--param", "errors=/errors"];

function answer(query: string): readonly string[] {
  return answers[query] ?? [];
}

/** Rows of a result that has no order are compared without one. */
function inOrderOf(query: string, rows: readonly string[]): readonly string[] {
  return query === "daily_urls" ? [...rows].sort() : rows;
}

test("the generator gives the bytes that are in the repository", () => {
  for (const { name, text } of generate()) expect(readFileSync(`${folder}data/${name}`, "utf8") === text, name).toBe(true);
});

test.each(queries)("expected/%s.jsonl is what plain loops over the lines give", (query) => {
  goldenTest(`${answer(query).join("\n")}\n`, `${folder}expected/${query}.jsonl`);
});

test("a page is what people read", () => {
  expect(contentPath("GET /missions/ HTTP/1.0")).toBe("/missions/");
  expect(contentPath("GET /search?q=crew HTTP/1.1")).toBe("/search");
  expect(contentPath("GET /images/logo-small.gif HTTP/1.0")).toBeNull();
  expect(contentPath("POST /search HTTP/1.0")).toBeNull();
  expect(isContent("GET /history/first-flight.HTML HTTP/1.0")).toBe(true);
});

test("the bounded job answers its four questions", async () => {
  for (const query of ["record_count", "replies", "daily_urls", "content_pages"]) {
    const host = machineWith(generate());
    expect(await runOn(host, bounded, ["--param", "logs=/data", "--query", query, "--sql", `select * from ${query}`, "--json"]), host.stderr).toBe(0);
    expect(printedRows(host)).toEqual(answer(query));
    expect(capturedRows(host, bounded, query)).toEqual(answer(query));
  }
});

test("the stream read whole by --batch gives the same", async () => {
  const host = machineWith(generate());
  expect(await runOn(host, stream, ["--batch", "--param", "logs=/data", "--param", "errors=/errors", "--sql", "select * from urlranks", "--json"]), host.stderr).toBe(0);
  for (const query of queries) expect(inOrderOf(query, capturedRows(host, stream, query)), query).toEqual(inOrderOf(query, answer(query)));
  expect(printedRows(host)).toEqual(answer("urlranks"));
  expect(sinkLines(host, "/errors")).toEqual(answer("failed_requests"));
});

test("the stream a file a batch, drained, gives the same", async () => {
  const host = machineWith(generate());
  expect(await runOn(host, stream, [...drain, "--sql", "select * from urlranks", "--json"]), host.stderr).toBe(0);
  for (const query of queries) expect(inOrderOf(query, capturedRows(host, stream, query)), query).toEqual(inOrderOf(query, answer(query)));
  expect(printedRows(host)).toEqual(answer("urlranks"));
  expect(sinkLines(host, "/errors")).toEqual(answer("failed_requests"));
});

test("the stream killed again and again gives the same", async () => {
  const { host, code, died } = await runWithCrashes(machineWith(generate()), stream, drain, [151, 402, 90, 333, 57]);
  expect(code, host.stderr).toBe(0);
  expect(died).toBe(5);
  for (const query of queries) expect(inOrderOf(query, capturedRows(host, stream, query)), query).toEqual(inOrderOf(query, answer(query)));
  expect(sinkLines(host, "/errors")).toEqual(answer("failed_requests"));
});

test("a crash between any two durable writes changes nothing", async () => {
  const files = generate().slice(0, 3).map(({ name, text }) => ({ name, text: `${text.split("\n").slice(0, 400).filter((_, line) => line % 8 === 0).join("\n")}\n` }));
  const argv = [...drain, "--query", "urlranks", "--query", "failed_requests"];
  const calm = machineWith(files);
  expect(await runOn(calm, stream, argv), calm.stderr).toBe(0);
  const ranks = capturedRows(calm, stream, "urlranks");
  const failed = sinkLines(calm, "/errors");
  expect(failed.length).toBeGreaterThan(0);
  for (let crash = 1; crash <= calm.reached.length; crash++) {
    const { host, code, died } = await runWithCrashes(machineWith(files, crash), stream, argv, [crash]);
    const where = `crash at fault point ${crash}: ${calm.reached[crash - 1] ?? ""}\n${host.stderr}`;
    expect([code, died], where).toEqual([0, 1]);
    expect(capturedRows(host, stream, "urlranks"), where).toEqual(ranks);
    expect(capturedRows(host, stream, "failed_requests"), where).toEqual(failed);
    expect(sinkLines(host, "/errors"), where).toEqual(failed);
  }
}, 120_000);
