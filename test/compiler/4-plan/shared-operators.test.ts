import { expect, it } from "vitest";
import { compileText } from "../../support/load-job.ts";

const streams = `
  source a: { k: long, v: long, at: timestamp } from queue()
  source b: { k: long, w: long, at: timestamp } from queue()
  stream pairs = a |> watermark at delay 1 minute late drop |> join left (b |> watermark at delay 1 minute late drop) as b on a.k = b.k and a.at = b.at |> select a.k as k, v, w
  stream best = a |> watermark at delay 1 minute late drop |> top 1 by v desc per tumbling(at, 1 minute)
`;

function planned(sink: string): ReturnType<typeof compileText>["queries"][number]["physical"] {
  const [query] = compileText(streams + sink, { optimize: true }).queries;
  if (query === undefined) throw new Error("the job has no query");
  return query.physical;
}

it("a join that two uses of a stream read is one operator", () => {
  expect(planned("sink out = pairs |> select k, v + w as s |> union (pairs |> select k, v - w as s) into discard()").joins.map(({ id }) => id)).toEqual(["pairs/join"]);
});

it("a join that is asked to send each row once and, elsewhere, for its changes is two", () => {
  const { joins } = planned("sink out = pairs |> as x |> join latest (pairs |> aggregate count() as n group by k) as c on x.k = c.k |> select n into discard()");
  expect(joins.map(({ id, changes }) => ({ id, changes }))).toEqual([{ id: "pairs/join", changes: true }, { id: "pairs/join-2", changes: false }]);
});

it("a top gives its closed rows to one use and its changes to another", () => {
  const { tops, pipelines } = planned("sink out = best |> select k, v |> union (a |> as x |> join latest (best |> aggregate max(v) as m group by k) as c on x.k = c.k |> select x.k as k, m as v) into discard()");
  expect(tops).toHaveLength(1);
  expect(pipelines.flatMap(({ producer }) => (producer.kind === "ranked" ? [producer.emit] : []))).toEqual(["onChange", "onClose"]);
});
