import type { KnownDifference } from "./known-difference.ts";

const zeros = "Spark's dedup of what it reads from files takes -0.0 as 0.0, W4111";
const trailing = "text behind a complete object is passed over by Spark, W4141";
const empty = "an empty file is a batch on Spark; Node waits until something is in it";
const semi = "a right row that its batch's watermark gives up meets nothing in Spark's semi join, W4112";
const first = "which row of a key is first hangs on the order in which Spark reads files, W4110";

/** Queries whose results are not the same, with the reason for which that is right: `CASE QUERY`. Each is named in `docs/spark.md` or warned about. */
export const knownDifferences: ReadonlyMap<string, KnownDifference> = new Map<string, KnownDifference>([
  ["D06 out", { kind: "rows", reason: zeros, node: ["2: k=-0.0"], spark: [] }],
  ["aggregates-in-update kept", { kind: "order", reason: "the order of what collect_set gives hangs on arrival, W4121", column: "states" }],
  ["maths curves", { kind: "digits", reason: "sin differs in its last digit: two libraries" }],
  ["dedup-of-streams late_only", { kind: "rows", reason: zeros, node: ['0: at=1704067260000000, user="u", page="a", rate=-0.0'], spark: [] }],
  ["dedup-of-streams all_columns", { kind: "rows", reason: zeros, node: ['0: at=1704067260000000, user="u", page="a", rate=-0.0'], spark: [] }],
  ["empty-input counted", { kind: "rows", reason: empty, node: [], spark: ["1: n=0"] }],
  ["empty-input updated", { kind: "rows", reason: empty, node: [], spark: ["1: k=null"] }],
  ["limits-of-streams first_windows", { kind: "choice", reason: "which groups a limit takes hangs on their order in Spark, W4110" }],
  ["tops-and-firsts first_of_shop", { kind: "choice", reason: first }],
  ["tops-and-firsts first_of_length", { kind: "choice", reason: first }],
  ["malformed-rows dropped", { kind: "rows", reason: trailing, node: [], spark: ['2: k="h", v=8'] }],
  ["malformed-rows nulled", { kind: "rows", reason: trailing, node: ["2: k=null, v=null"], spark: ['2: k="h", v=8'] }],
  ["right-row-of-semi-join semi", { kind: "rows", reason: semi, node: ['1: id=2, at=1711839279000000, k="y"'], spark: [] }],
  ["json-documents all_of_arrays", { kind: "rows", reason: "of an array a record that lacks a column is malformed alone on Spark, W4141", node: [], spark: ['1: k="c", n=3'] }],
]);
