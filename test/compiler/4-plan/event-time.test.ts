import { expect, it } from "vitest";
import type { GroupTable, KeySet, PhysicalQuery } from "../../../compiler/ir/physical/physical.ts";
import { compileText } from "../../support/load-job.ts";

const hits = `
  schema Hit { at: timestamp, page: string, gap: int }
  source hits: Hit from queue()
  stream live = hits |> watermark at delay 10 minutes late drop
`;

function plan(steps: string, mode = "append"): PhysicalQuery {
  const [query] = compileText(`${hits} sink out = ${steps} into memory() mode ${mode}`, { optimize: true }).queries;
  if (query === undefined) throw new Error("the job has no query");
  return query.physical;
}

const closings = (steps: string, mode?: string): readonly GroupTable["closing"][] => plan(steps, mode).tables.map(({ closing }) => closing);
const kept = (steps: string): readonly KeySet["kept"][] => plan(steps).keySets.map((set) => set.kept);

it("closes groups by the end of their window, a time among the keys or the clock", () => {
  expect(closings("live |> aggregate count() as n group by tumbling(at, 1 hour)")).toEqual(["window end"]);
  expect(closings("live |> aggregate count() as n group by at, page", "update")).toEqual([{ key: "at" }]);
  expect(closings("live |> extend tumbling(at, 1 hour) as w |> aggregate count() as n group by page, w")).toEqual([{ key: "w" }]);
  expect(closings("hits |> aggregate count() as n group by tumbling(current_timestamp(), 1 minute)")).toEqual(["clock"]);
});

it("closes nothing in complete mode, where only sessions know late rows", () => {
  expect(closings("live |> aggregate count() as n group by tumbling(at, 1 hour)", "complete")).toEqual([undefined]);
  expect(closings("live |> aggregate count() as n group by page, session(at, gap 1 hour)", "complete")).toEqual(["late only"]);
  expect(plan("live |> aggregate count() as n group by tumbling(at, 1 hour)", "complete").tables.map(({ late }) => late)).toEqual([undefined]);
});

it("runs batches without data for groups over a watermark that closes none of them", () => {
  const [pages] = plan("live |> aggregate count() as n group by page", "update").tables;
  expect(pages).toMatchObject({ closing: undefined, underWatermark: true, late: undefined });
  expect(plan("hits |> aggregate count() as n group by page", "update").tables).toMatchObject([{ underWatermark: false }]);
  expect(plan("live |> aggregate count() as n group by page", "complete").tables).toMatchObject([{ underWatermark: false }]);
});

it("keeps every aggregate of a chain in append, and reads each as it closes", () => {
  const { tables, pipelines } = plan("live |> aggregate count() as n group by page, tumbling(at, 1 hour) |> aggregate max(n) as n group by tumbling(window, 1 day)");
  expect(tables).toMatchObject([{ kept: true, emit: "onClose" }, { kept: true, emit: "onClose", closing: "window end" }]);
  expect(pipelines.map(({ producer }) => producer.kind)).toEqual(["read", "groups", "groups"]);
});

it("lets the keys of a dedup live for ever, until their time, or for a span", () => {
  expect(kept("hits |> dedup by page")).toMatchObject([{ closing: undefined, underWatermark: false, late: undefined }]);
  expect(kept("live |> dedup by page, at")).toMatchObject([{ closing: { key: 1 }, underWatermark: true, late: { route: undefined } }]);
  expect(kept("live |> dedup by page")).toMatchObject([{ closing: undefined, late: { time: { kind: "ColumnRef", name: "at" } } }]);
  expect(kept("live |> dedup by page within watermark")).toMatchObject([{ closing: { within: 600_000_000, time: { name: "at" } } }]);
});

it("puts closed groups into the order of their content where the first of them count", () => {
  const buffers = (steps: string): readonly string[] => plan(steps).pipelines.flatMap(({ consumer }) => (consumer.kind === "rows" ? [consumer.buffer] : []));
  const counted = "live |> aggregate count() as n group by page, tumbling(at, 1 hour)";
  expect(buffers(`${counted} |> dedup by window_end`)).toEqual(["rows"]);
  expect(buffers(`${counted} |> limit 2`)).toEqual(["rows"]);
  expect(buffers("live |> dedup by page |> limit 2")).toEqual([]);
});

it("makes a limit over rows that keep coming an operator, and cuts the result of each batch in complete", () => {
  expect(plan("hits |> limit 3").limits.map(({ id }) => id)).toEqual(["out/limit"]);
  expect(plan("hits |> aggregate count() as n group by page |> order by n |> limit 3", "complete").limits).toEqual([]);
});
