import { expect, it } from "vitest";
import { exprText } from "../../../compiler/ir/expr/print.ts";
import type { PhysicalQuery, Pipeline, StreamJoinTable } from "../../../compiler/ir/physical/physical.ts";
import { compileText } from "../../support/load-job.ts";

const streams = `
  source auctions: { id: long, seller: string?, opened: timestamp, expires: timestamp, reserve: int } from queue()
  source bids: { auction: long?, bidder: string, price: int, at: timestamp } from queue()
  stream A = auctions |> watermark opened delay 2 minutes late drop
  stream B = bids |> watermark at delay 1 minute late drop
`;

function plan(steps: string): PhysicalQuery {
  const [query] = compileText(`${streams} sink out = ${steps} into memory()`, { optimize: true }).queries;
  if (query === undefined) throw new Error("the job has no query");
  return query.physical;
}

function joinOf(steps: string): StreamJoinTable {
  const [join] = plan(steps).joins;
  if (join === undefined) throw new Error("the query has no join");
  return join;
}

const columns = ({ left, right }: StreamJoinTable): readonly (readonly string[])[] => [left, right].map((side) => side.columns.map(({ name }) => name));
const texts = ({ left, right, residual }: StreamJoinTable): readonly (string | undefined)[] => [left.meets, right.meets, residual].map((expr) => (expr === undefined ? undefined : exprText(expr)));
const way = ({ producer, consumer }: Pipeline): string => `${producer.kind} → ${consumer.kind}`;

it("keeps of a row what is read above the join, by its condition or for its bound", () => {
  expect(columns(joinOf("A |> join B on A.id = B.auction and B.at between A.opened and A.expires |> select seller, price"))).toEqual([["seller", "opened", "expires"], ["price", "at"]]);
  expect(columns(joinOf("A |> join B on A.id = B.auction unbounded |> select id"))).toEqual([["id"], []]);
  expect(columns(joinOf("A |> join semi B on A.id = B.auction and A.opened = B.at |> select seller"))).toEqual([["seller", "opened"], ["at"]]);
});

it("keeps of a join's rows what the join above it keeps", () => {
  const { joins } = plan("A |> join B on A.id = B.auction and A.opened = B.at |> select A.opened as t, seller, bidder, price |> join (A |> select opened as o, reserve) as C on t = C.o |> select bidder, reserve");
  expect(joins.map(columns)).toEqual([[["opened"], ["bidder", "at"]], [["t", "bidder"], ["o", "reserve"]]]);
  expect(joins.map(({ above }) => above)).toEqual([[], [joins[0]?.id]]);
});

it("asks a condition on the side that comes out alone of its rows as they come", () => {
  const on = "A.id = B.auction and B.at between A.opened and A.expires and A.reserve > 10 and B.price > 5";
  const range = "at >= opened and at <= expires";
  expect(texts(joinOf(`A |> join left B on ${on} |> select id, price`))).toEqual(["reserve > 10", undefined, range]);
  expect(texts(joinOf(`A |> join full B on ${on} |> select id, price`))).toEqual(["reserve > 10", "price > 5", range]);
  expect(texts(joinOf("A |> join left B on A.id = B.auction and B.at between A.opened and A.expires and 1 / A.reserve > 0 |> select id, price"))[0]).toBe("1e0 / cast(reserve as double) > 0e0");
});

it("reads both sides before what stands above an operator", () => {
  const windows = "(A |> aggregate count() as n group by tumbling(opened, 1 hour)) as W";
  const { pipelines, tables } = plan(`${windows} |> join B on W.window_start = B.at |> select n, price`.replace(windows, "A |> aggregate count() as n group by seller, opened").replace("W.window_start", "opened"));
  expect(pipelines.map(way)).toEqual(["read → groups", "read → join side", "groups → join side", "joined → output"]);
  expect(tables.map(({ above }) => above)).toEqual([[]]);
});

it("goes above a join by the watermark that the join gives on", () => {
  const { tables, keySets, joins } = plan("A |> join B on A.id = B.auction and B.at = A.opened |> dedup by opened, id |> aggregate count() as n group by tumbling(opened, 1 hour)");
  expect(joins.map(({ id }) => id)).toEqual(["out/join"]);
  expect([...tables.map(({ above }) => above), ...keySets.map(({ kept }) => kept?.above)]).toEqual([["out/join"], ["out/join"]]);
});

it("takes both sides of a stream joined with itself from one reader, which counts twice", () => {
  const { pipelines, watermarks } = plan("B as X |> join (B |> where price > 5) as Y on X.bidder = Y.bidder and Y.at > X.at and Y.at < X.at + 1 minute |> select X.price as p, Y.price as q");
  const reads = pipelines.flatMap(({ producer }) => (producer.kind === "read" ? [producer.read] : []));
  expect(reads.map(({ name, uses, filter }) => ({ name, uses, filter }))).toEqual([{ name: "bids", uses: 2, filter: undefined }, { name: "bids", uses: 2, filter: undefined }]);
  expect(watermarks.length).toBe(1);
});
