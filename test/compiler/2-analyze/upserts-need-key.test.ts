import { expect, test } from "vitest";
import { checkVisibleKey } from "../../../compiler/2-analyze/check-streaming/upserts-need-key.ts";
import type { CheckedQuery } from "../../../compiler/2-analyze/check-streaming/checked-query.ts";
import { findSink } from "../../../compiler/catalog/connectors/registry.ts";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.ts";
import { deriveStreaming } from "../../../compiler/ir/logical/streaming-properties.ts";
import { analyzeText } from "../../support/analyze-text.ts";

/** What a sink that can do nothing but upsert says of a result. */
function found(pipeline: string, upsertsOnly: boolean): readonly string[] {
  const { job } = analyzeText(`source s: { k: string, n: long } from queue()\nsink q = ${pipeline} into memory() mode update\n`);
  const query = job?.queries[0] ?? expect.fail("no query");
  const sink = findSink("memory");
  if (sink === undefined || sink === "later") return expect.fail("no sink");
  const diagnostics: Diagnostic[] = [];
  const context = { report: (diagnostic: Diagnostic) => void diagnostics.push(diagnostic) } as Partial<CheckedQuery["job"]> as CheckedQuery["job"];
  const { name, plan, mode, span } = query;
  checkVisibleKey({ name, plan, mode, modeSpan: span, sinkName: "kafka", sinkSpan: span, sink: { ...sink, ...(upsertsOnly ? { upsertsOnly } : {}) }, properties: deriveStreaming(plan, mode), job: context });
  return diagnostics.map(({ code }) => code);
}

test("a sink that replaces rows by their key takes a changing result only with one", () => {
  expect(found("s |> aggregate count() as c group by k", true)).toEqual([]);
  expect(found("s |> aggregate count() as c group by k |> select c", true)).toEqual(["E3008"]);
  expect(found("s |> aggregate count() as c group by k |> select c", false)).toEqual([]);
  expect(found("s |> select k", true)).toEqual([]);
});
