import type { Database } from "sql.js";
import { expect, test } from "vitest";
import { filesCutAt, nexmarkFiles, sideRows } from "../../examples/nexmark/files.ts";
import { type Events, nexmarkEvents, sideInput } from "../../examples/nexmark/generator.ts";
import { type GeneratedFile, seeded } from "../../examples/seeded.ts";
import { epoch } from "./machine.ts";
import { edges } from "./nexmark-edges.ts";
import { batchByBatch, fileByFile, fromQueues, fromTables, handedIn, inOneBatch, killedAtEveryBatch, nexmarkJob, partitionedRows } from "./nexmark-runs.ts";
import { answerOf, nexmarkDatabase, nexmarkQueries } from "./nexmark-sql.ts";

const splits = Number(process.env["NEXMARK_SPLITS"] ?? 10);
const seed = Number(process.env["NEXMARK_SEED"] ?? Math.floor(Math.random() * 1_000_000));
const again = `npm run nexmark -- ${splits} ${seed}`;

const events = nexmarkEvents({ events: 2000, seed: 1 });
const side = sideInput(sideRows);
const inputs = { "2,000 events": { events, database: await nexmarkDatabase(events, side, epoch) }, "the edges": { events: edges, database: await nexmarkDatabase(edges, side, epoch) } };
const cases = nexmarkQueries.flatMap((query) => Object.entries(inputs).map(([input, { events, database }]) => ({ query, input, events, answer: answerOf(database, query) })));

/** Modes in which a query can run beside its own, with the same result in the end. */
const otherModes = [
  { query: "q5", mode: "append" },
  { query: "q7", mode: "update" },
  { query: "q8", mode: "update" },
  { query: "q4", mode: "complete" },
  { query: "q6", mode: "complete" },
  { query: "q9", mode: "complete" },
  { query: "q15", mode: "complete" },
  { query: "q16", mode: "complete" },
  { query: "q17", mode: "complete" },
  { query: "q18", mode: "complete" },
  { query: "q19", mode: "complete" },
] as const;

/** Queries that send what changes, and so have a result at any time; q7 and q8 in this mode too. */
const updating = ["q4", "q5", "q6", "q7", "q8", "q9", "q15", "q16", "q17", "q18", "q19"];

/** So many files does each stream have where the result is looked at after each. */
const prefixes = 5;

/** What is easily written in the place of what is right. */
const mistakes = [
  { query: "q4", right: "between A.dateTime and A.expires", wrong: ">= A.dateTime and B.dateTime < A.expires" },
  { query: "q4", right: "between A.dateTime and A.expires", wrong: "> A.dateTime and B.dateTime <= A.expires" },
  { query: "q5", right: "every 2 seconds)", wrong: "every 5 seconds)" },
  { query: "q6", right: "top 11", wrong: "top 10" },
  { query: "q7", right: "between M.window_end - 10 seconds and M.window_end", wrong: ">= M.window_end - 10 seconds and B.dateTime < M.window_end" },
  { query: "q9", right: "between A.dateTime and A.expires", wrong: ">= A.dateTime and B.dateTime < A.expires" },
  { query: "q9", right: ", bid_dateTime per", wrong: " per" },
  { query: "q11", right: "gap 10 seconds", wrong: "gap 9999 ms" },
  { query: "q14", right: "between 8 and 18", wrong: "between 8 and 17" },
  { query: "q15", right: "count(where price < 10000)", wrong: "count(where price <= 10000)" },
  { query: "q19", right: "as rank_number", wrong: "with ties as rank_number" },
  { query: "q21", right: '(&|^)channel_id="', wrong: 'channel_id="' },
  { query: "q22", right: "get(parts, 3)", wrong: "get(parts, 2)" },
] as const;

test("the events are those of an auction house, by the benchmark's proportions, none more than four seconds late", () => {
  expect(nexmarkEvents({ events: 2000, seed: 1 })).toEqual(events);
  expect([events.person.length, events.auction.length, events.bid.length]).toEqual([40, 120, 1840]);
  expect(events.bid.filter(({ auction }) => events.auction.some(({ id }) => id === auction)).length).toBeGreaterThan(1800);
  for (const rows of Object.values(events) as readonly (readonly { readonly dateTime: string }[])[]) {
    let newest = 0;
    for (const { dateTime } of rows) {
      newest = Math.max(newest, Date.parse(dateTime));
      expect(newest - Date.parse(dateTime)).toBeLessThan(4000);
    }
  }
});

test.each(cases)("$query read as one batch gives for $input what the database gives", async ({ query, events, answer }) => {
  expect(answer.length).toBeGreaterThan(0);
  expect(await inOneBatch(nexmarkJob(query), query, nexmarkFiles(events, 6))).toEqual(answer);
});

test.each(cases)("$query over tables gives for $input the same", async ({ query, events, answer }) => {
  expect(await inOneBatch(nexmarkJob(query, fromTables), query, nexmarkFiles(events, 6))).toEqual(answer);
});

test.each(cases)("$query gives the same for $input a file of each stream a batch, however they are cut", async ({ query, events, answer }) => {
  const job = nexmarkJob(query);
  expect(await fileByFile(job, query, nexmarkFiles(events, 6))).toEqual(answer);
  for (let split = 0; split < splits; split++) {
    expect(await fileByFile(job, query, cutAtRandom(events, seed + split)), `split ${split} of ${again}`).toEqual(answer);
  }
});

test.each(cases)("$query gives the same for $input killed before and after every commit", async ({ query, events, answer }) => {
  const { rows, died } = await killedAtEveryBatch(nexmarkJob(query), query, nexmarkFiles(events, 6));
  expect(rows).toEqual(answer);
  expect(died).toBeGreaterThanOrEqual(12);
});

test.each(updating.flatMap((query) => Object.entries(inputs).map(([input, { events }]) => ({ query, input, events }))))(
  "$query in update mode has after every batch of $input given what the database gives for what has come",
  async ({ query, events }) => {
    const given = await batchByBatch(nexmarkJob(query, inMode("update")), query, nexmarkFiles(events, prefixes));
    expect(given.length).toBeGreaterThanOrEqual(prefixes);
    for (let batch = 0; batch < prefixes; batch++) {
      expect(given[batch], `batch ${batch}`).toEqual(answerOf(await prefixOf(events, batch + 1), query));
    }
  },
);

test.each(otherModes)("$query in $mode mode comes to the same", async ({ query, mode }) => {
  const job = nexmarkJob(query, inMode(mode));
  for (const { events, answer } of cases.filter((one) => one.query === query)) {
    for (let split = 0; split < 3; split++) {
      expect(await fileByFile(job, query, cutAtRandom(events, seed + split)), `split ${split} of ${again}`).toEqual(answer);
    }
  }
});

test.each(mistakes)("$query with $wrong for $right gives something else for the edges", async ({ query, right, wrong }) => {
  const job = nexmarkJob(query, (text) => {
    expect(text).toContain(right);
    return text.replace(right, wrong);
  });
  const answer = answerOf(inputs["the edges"].database, query);
  expect(await inOneBatch(job, query, nexmarkFiles(edges, 1))).not.toEqual(answer);
});

test.each(Object.entries(inputs))("q10 writes %s into folders by day and minute, also when it is killed", async (_, { events, database }) => {
  const { host } = await killedAtEveryBatch(nexmarkJob("q10"), "q10", nexmarkFiles(events, 3));
  expect(partitionedRows(host, "/out")).toEqual(answerOf(database, "q10").map((row) => Object.values(JSON.parse(row) as object).join(",")).sort());
});

test.each(cases)("$query gives the same for $input handed in at queues", async ({ query, events, answer }) => {
  expect(await handedIn(nexmarkJob(query, fromQueues), query, events)).toEqual(answer);
});

/** A query's text in another mode. */
function inMode(mode: string): (text: string) => string {
  return (text) => `${text.replace(/\n {2}mode \w+\n*$/, "").trimEnd()}\n  mode ${mode}\n`;
}

const known = new Map<string, Promise<Database>>();

/** A database of what the first files of each stream hold. */
function prefixOf(events: Events, files: number): Promise<Database> {
  const name = `${events.bid.length} ${files}`;
  const database = known.get(name) ?? nexmarkDatabase(firstPart(events, files), side, epoch);
  known.set(name, database);
  return database;
}

/** What the first files of each stream hold. */
function firstPart({ person, auction, bid }: Events, files: number): Events {
  const first = <Row>(rows: readonly Row[]): readonly Row[] => rows.slice(0, Math.round((files * rows.length) / prefixes));
  return { person: first(person), auction: first(auction), bid: first(bid) };
}

/** The events of each stream in one to eight files, cut for each at other places; some may be empty. */
function cutAtRandom(events: Events, seed: number): readonly GeneratedFile[] {
  const random = seeded(seed);
  return filesCutAt(events, (rows) => Array.from({ length: Math.floor(random() * 8) }, () => Math.floor(random() * (rows + 1))).sort((a, b) => a - b));
}
