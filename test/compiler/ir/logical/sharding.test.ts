import { expect, test } from "vitest";
import { checkForShards } from "../../../support/check-for-shards.ts";
import { compileText, loadJob } from "../../../support/load-job.ts";

const clicks = 'source clicks: { user: string, page: string, n: int, at: timestamp } from kafka("b:9092", subscribe: "clicks", format: "json", partitionedBy: "user")';
const views = 'source views: { id: string, page: string, at: timestamp } from kafka("b:9092", subscribe: "views", format: "json", partitionedBy: "id")';
const regions = 'source regions: { user: string, country: string, at: timestamp } from kafka("b:9092", subscribe: "regions", format: "json", partitionedBy: ["country", "user"])';
const names = 'table names: { user: string, name: string } from file("names.jsonl", format: "json")';
const streams = "stream c = clicks |> watermark at delay 1 minute late drop\nstream v = views |> watermark at delay 1 minute late drop";
const near = "c.at >= v.at and c.at <= v.at + 1 hour";
const all = [clicks, views, regions, names, streams].join("\n");

/** What stands in the way of `sink out`: the codes. */
const codes = (sink: string, lead = all): readonly string[] => checkForShards(`${lead}\nsink out = ${sink}`).diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code);

test.each([
  "clicks |> where n > 1 |> select page into memory()",
  "clicks |> join names on clicks.user = names.user |> select names.name into memory()",
  "clicks |> aggregate count() as c group by page, user into memory() mode update",
  "clicks |> select user as who, page |> rename who as whom |> dedup by whom into memory()",
  "clicks |> join names on clicks.user = names.user |> aggregate count() as c group by names.user into memory() mode update",
  "clicks |> aggregate count() as c group by user |> aggregate max(c) as m group by user into memory() mode complete",
  "clicks |> explode split(page, \"/\") as part |> aggregate count() as c group by part, user into memory() mode update",
  `c |> join v on c.user = v.id and c.page = v.page and ${near} |> select v.id into memory()`,
  `c |> join left v on c.user = v.id and ${near} |> select c.user, v.page into memory()`,
  "regions |> aggregate count() as c group by user, country into memory() mode update",
  "clicks |> aggregate count() as c group by user, page per batch into memory()",
])("can be divided: %s", (sink) => {
  expect(codes(sink)).toEqual([]);
});

test.each([
  ["E4161", "clicks |> aggregate count() as c group by page into memory() mode update"],
  ["E4161", "clicks |> aggregate count() as c group by lower(user) as u into memory() mode update"],
  ["E4161", "clicks |> aggregate count() as c into memory() mode update"],
  ["E4161", "clicks |> top 3 by n into memory() mode update"],
  ["E4161", "regions |> aggregate count() as c group by user into memory() mode update"],
  ["E4161", "clicks |> aggregate count() as c group by cube(user, page) into memory() mode update"],
  ["E4161", "clicks |> aggregate count() as c group by page per batch into memory()"],
  ["E4161", "clicks |> union (views |> select page as user, id as page, 1 as n, at) |> aggregate count() as c group by user into memory() mode update"],
  ["E4162", `c |> join v on c.page = v.page and ${near} |> select v.id into memory()`],
  ["E4163", "clicks |> limit 3 into memory()"],
])("%s: %s", (code, sink) => {
  expect(new Set(codes(sink))).toEqual(new Set([code]));
});

test("rows of two topics with the same key meet in a union, and those of a full join have no key any more", () => {
  expect(codes("clicks |> select user, page |> union (views |> select id as user, page) |> aggregate count() as c group by user into memory() mode update")).toEqual([]);
  expect(codes(`c |> join full v on c.user = v.id and ${near} |> select c.user, v.page |> dedup by user into memory()`)).toEqual(["E4161"]);
});

test("a module says where its keys hold the columns, and nothing where the source does not say it", () => {
  const shardings = (text: string): unknown => loadJob(compileText(text, { optimize: true })).queries.map(({ sharding }) => sharding);
  expect(shardings(`${regions}\nsink out = regions |> aggregate count() as c group by tumbling(at, 1 hour), user, country into memory() mode update`)).toEqual([
    { reads: { regions: [{ name: "country", type: "string" }, { name: "user", type: "string" }] }, states: { "out/aggregate": [1, 0] } },
  ]);
  expect(shardings(`${all}\nsink out = c |> join v on c.page = v.page and c.user = v.id and ${near} |> select v.id, c.page |> dedup by page, id into memory()`)).toMatchObject([
    { reads: { clicks: [{ name: "user", type: "string" }], views: [{ name: "id", type: "string" }] }, states: { "out/join": [1], "out/dedup": [1] } },
  ]);
  expect(shardings(`${clicks}\nsink out = clicks |> aggregate count() as c group by page, user per batch into memory()`)).toEqual([{ reads: { clicks: [{ name: "user", type: "string" }] }, states: {} }]);
  const together = shardings(`option sinks = "together"\n${clicks}\nsink users = clicks |> aggregate count() as c group by user into memory() mode update\nsink all = clicks |> aggregate count() as c per batch into memory()`);
  expect(together).toEqual([{ reads: {}, states: {}, unfit: expect.stringContaining("aggregate") }]);
  expect(shardings(`${clicks}\nsink rows = clicks into memory()\nsink pages = clicks |> dedup by page into memory()`)).toEqual([undefined, undefined]);
  expect(shardings(`option sinks = "together"\n${clicks}\nsink users = clicks |> dedup by user into memory()\nsink rows = clicks into memory()\nsink sums = clicks |> aggregate sum(n) as s group by page, user into memory() mode update`)).toMatchObject([
    { states: { "users/dedup": [0], "sums/aggregate": [1] } },
  ]);
});

test("only reads whose rows come to such a step are held against what their source declares", () => {
  const shardings = (text: string): unknown => loadJob(compileText(text, { optimize: true })).queries.map(({ sharding }) => sharding);
  const shops = (type: string): string => `source shops: { shop: ${type}, n: int } from kafka("b:9092", subscribe: "shops", format: "json", partitionedBy: "shop")`;
  const once = (where: string): string => `sink out = clicks |> dedup by user |> select n |> union (shops |> where ${where} |> select n) into memory()`;
  const ofClicks = { reads: { clicks: [{ name: "user", type: "string" }] }, states: { "out/dedup": [0] } };
  expect(codes(once("shop > 3").replace("sink out = ", ""), `${clicks}\n${shops("long")}`)).toEqual([]);
  expect(shardings(`${clicks}\n${shops("long")}\n${once("shop > 3")}`)).toEqual([ofClicks]);
  expect(shardings(`${clicks}\n${shops("string")}\n${once('shop != "a"')}`)).toEqual([ofClicks]);
  // Of two reads of one topic that which keeps nothing may have rows without a key.
  expect(shardings(`${clicks}\nsink out = clicks |> dedup by user |> select n |> union (clicks |> where user != "a" |> select n) into memory()`)).toEqual([ofClicks]);
  expect(shardings(`${clicks}\n${shops("string")}\nsink out = clicks |> select user, n |> union (shops |> select shop as user, n) |> dedup by user into memory()`)).toMatchObject([
    { reads: { clicks: [{ name: "user" }], shops: [{ name: "shop" }] } },
  ]);
});
