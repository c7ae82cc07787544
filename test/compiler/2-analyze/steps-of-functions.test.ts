import { expect, test } from "vitest";
import { analyze } from "../../../compiler/2-analyze/analyze.ts";
import { parse } from "../../../compiler/1-parse/parse.ts";
import { DiagnosticBag } from "../../../compiler/diagnostics/bag.ts";
import { SourceText } from "../../../compiler/source/source-text.ts";
import { planLines } from "../../support/analyze-text.ts";

const functions = `
export interface Click { k: string; n: number | null }
export interface Word { word: string; at?: Date }
export const isShort = (click: { k: string }): boolean => click.k.length < 3;
export const isNew = (click: { t: Date }): boolean => click.t.getTime() > 0;
export const toWord = (click: Click): Word => ({ word: click.k });
export const same = (click: Click): Click => click;
export const words = (click: Click): Word[] => [];
export const perhaps = (click: Click): Click | null => null;
export const shout = (text: string): string => text;
`;

const prelude = `
import { isShort, isNew, toWord, same, words, perhaps, shout } from "./functions.ts"
schema Click { t: timestamp, k: string, n: long? }
source s: Click from queue()
`;

function plan(statements: string): string {
  const source = new SourceText("job.sluice", prelude + statements);
  const bag = new DiagnosticBag();
  const job = analyze(parse(source, bag), source, { read: () => ({ path: "./functions.ts", text: functions }) }, bag);
  expect(bag.sorted()).toEqual([]);
  return (job?.queries ?? []).map((query) => planLines(query.plan).join("\n")).join("\n\n");
}

test("filter is a filter over a call with the record of the columns that the function names", () => {
  expect(plan("sink q = s |> filter isShort |> select k into memory()")).toBe(
    `Project k
  Filter isShort({ k: k })
    Source s: queue, json, reads t, k, n  needs k`,
  );
});

test("map is a projection of one call, then of the fields of its record", () => {
  expect(plan("sink q = s |> map toWord into memory()")).toBe(
    `Project word.word as word, word.at as at
  Project toWord({ k: k, n: n }) as word
    Source s: queue, json, reads t, k, n  needs k, n`,
  );
});

test("flatMap is an explode of a call that gives rows, then a projection of their fields", () => {
  expect(plan("sink q = s |> flatMap perhaps |> select n into memory()")).toBe(
    `Project n
  Project click.k as k, click.n as n
    Explode perhaps({ k: k, n: n }) as click
      Source s: queue, json, reads t, k, n  needs k, n`,
  );
});

test("after map a watermark may follow, on a column of the new rows", () => {
  expect(plan("sink q = s |> flatMap words |> watermark at delay 1 minute late drop |> aggregate count() as n group by tumbling(at, 1 hour) into memory()")).toContain("Watermark at");
});

test("a function that returns its parameter's own type gives the columns that it was given, by their types", () => {
  const source = new SourceText("job.sluice", `${prelude}sink a = s |> map same into memory()\nsink b = s |> map toWord into memory()`);
  const bag = new DiagnosticBag();
  const job = analyze(parse(source, bag), source, { read: () => ({ path: "./functions.ts", text: functions }) }, bag);
  expect(job?.queries.map((query) => query.plan.output.map(({ name, type, nullable }) => `${name}: ${type.kind}${nullable ? "?" : ""}`))).toEqual([["k: string", "n: long?"], ["word: string", "at: timestamp?"]]);
});

test("a call moves below the watermark where nothing is left out before it, and by itself", () => {
  expect(plan("sink q = s |> watermark t delay 1 minute late drop |> filter isShort |> select k into memory()")).toBe(
    `Project k
  Watermark t − 1m, late drop  #q/watermark
    Filter isShort({ k: k })
      Source s: queue, json, reads t, k, n  needs t, k`,
  );
});

test("a call stays behind a filter that stays, and one of the event time above the watermark", () => {
  expect(plan("sink q = s |> watermark t delay 1 minute late drop |> filter isNew |> filter isShort |> where n > 1 |> select k into memory()")).toBe(
    `Project k
  Filter isShort({ k: k })
    Filter isNew({ t: t })
      Watermark t − 1m, late drop  #q/watermark
        Filter n > 1
          Source s: queue, json, reads t, k, n  needs t, k, n`,
  );
});

test("a condition over what a function gave is not asked by calling it again below the watermark", () => {
  expect(plan(`sink q = s |> watermark t delay 1 minute late drop |> map toWord |> where word != "" |> select word into memory()`)).toBe(
    `Project word
  Filter word != ""
    Project word.word as word, word.at as at
      Project toWord({ k: k, n: n }) as word
        Watermark t − 1m, late drop  #q/watermark
          Source s: queue, json, reads t, k, n  needs t, k, n`,
  );
  expect(plan(`sink q = s |> watermark t delay 1 minute late drop |> extend lower(k) as low |> extend shout(low) as loud |> where loud != "" |> select loud into memory()`)).toBe(
    `Project loud
  Filter loud != ""
    Project t, k, n, low, shout(low) as loud
      Project t, k, n, lower(k) as low
        Watermark t − 1m, late drop  #q/watermark
          Source s: queue, json, reads t, k, n  needs t, k`,
  );
});
