import { afterEach, beforeEach, expect, it } from "vitest";
import { JsonWriter } from "../../runtime/formats/json-writer.ts";
import { compileText, loadJob } from "../support/load-job.ts";
import type { QuerySample } from "../support/query-sample.ts";
import { runSample } from "../support/run-sample.ts";
import { start } from "../../runtime/query/start.ts";
import { SimHost } from "../../runtime/testing/sim-host.ts";
import { hostileTexts, longTexts } from "./hostile-texts.ts";

const shared = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype];
const ownNames = (): readonly string[] => shared.map((object) => Reflect.ownKeys(object).map(String).join());
let before: readonly string[] = [];

beforeEach(() => void (before = ownNames()));
afterEach(() => expect(ownNames()).toEqual(before));

const json = (text: string): string => {
  const out = new JsonWriter();
  out.text(text);
  return new TextDecoder().decode(out.view());
};
const nameOf = (text: string): string => `\`${text.replaceAll("`", "``")}\``;
const literalOf = (text: string): string => `"${text.replace(/["\\]/g, "\\$&").replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;

function sampleOf(text: string, files: Readonly<Record<string, string>>): QuerySample {
  return { job: loadJob(compileText(text, { optimize: true })), mode: "drain", params: {}, env: {}, queues: {}, inputs: Object.entries(files).map(([path, content]) => ({ path, bytes: Buffer.from(content) })) };
}

/** All texts with `CONTAINMENT=all`; else every third, and always the names that objects have by themselves. */
const isTaken = (text: string, at: number): boolean => process.env["CONTAINMENT"] === "all" || at % 3 === 0 || text in {} || text === "prototype" || text.length > 1000;
const names = [...hostileTexts, ...longTexts].filter(isTaken).filter((text) => text !== "" && !["size", "label"].includes(text));
/** Bytes that are no text cannot come in as JSON: a lone surrogate is written as its escape. */
const values = ["__proto__", "constructor", "toString", "hasOwnProperty", "a", '"\\\n</script>\u2028', ""];

it("a column of any name, with any value, goes through select, group by, join and the JSON sink", { timeout: 240_000 }, async () => {
  for (const name of names.filter((text) => !/[\n\r]/.test(text))) {
    const column = nameOf(name);
    const key = JSON.stringify(name);
    const sample = sampleOf(
      `source log: { ${column}: string?, size: long } from file("in/log", format: "json", maxFilesPerTrigger: 1)
       table labels: { ${column}: string?, label: string } from file("in/labels", format: "json")
       sink copies = log |> where ${column} is null or ${column} <> "none" |> select ${column}, size into file("out/copies", format: "json")
       sink grouped = log |> aggregate count() as n, max(${column}) as top group by ${column} |> select ${column}, n into memory() mode complete
       sink joined = log |> join labels as l on log.${column} = l.${column} |> select l.label, log.${column} as ${column} into file("out/joined", format: "json")
       sink boxed = log |> select { ${column}: ${column} } as box into file("out/boxed", format: "json")`,
      {
        "in/log/1.json": values.map((value, at) => `{${key}:${JSON.stringify(value)},"size":${at}}\n`).join(""),
        "in/log/2.json": `{"size":99,${key}:null}\n${["__proto__", "constructor"].includes(name) ? "" : `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"size":100,${key}:null}\n`}`,
        "in/labels/1.json": values.map((value, at) => `{"label":"l${at}",${key}:${JSON.stringify(value)}}\n`).join(""),
      },
    );
    const { results } = await runSample(sample);
    const shown = name.slice(0, 50);
    const written = `{${asciiKey(name)}:`;
    expect(results["copies"]?.slice(0, values.length), shown).toEqual(values.map((value, at) => `${written}${json(value)},"size":${at}}`));
    expect(results["grouped"], shown).toContain(`${written}"__proto__","n":1}`);
    expect(results["grouped"], shown).toHaveLength(values.length + 1);
    expect(results["joined"], shown).toEqual(values.map((value, at) => `{"label":"l${at}",${asciiKey(name)}:${json(value)}}`));
    expect(results["boxed"]?.map((row): unknown => JSON.parse(row)), shown).toHaveLength(results["copies"]?.length ?? -1);
    expect(JSON.parse(results["boxed"]?.[0] ?? "{}"), shown).toEqual({ box: JSON.parse(`{${key}:"__proto__"}`) as unknown });
  }
});

/** A name in the JSON of a row: ASCII only. */
function asciiKey(name: string): string {
  return JSON.stringify(name).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

it("names with line ends, which can be declared only, are read and written", async () => {
  for (const name of hostileTexts.filter((text) => /[\n\r]/.test(text))) {
    const sample = sampleOf(`table log: { ${literalOf(name)}: string, inner: { ${literalOf(name)}: int } } from file("in/log", format: "json")\nsink copies = log into file("out/copies", format: "json")`, {
      "in/log/1.json": `{${JSON.stringify(name)}:"x","inner":{${JSON.stringify(name)}:1}}\n`,
    });
    expect((await runSample(sample)).results["copies"]).toEqual([`{${JSON.stringify(name)}:"x","inner":{${JSON.stringify(name)}:1}}`]);
  }
});

it("queries and operators of any name write below their folders only", { timeout: 240_000 }, async () => {
  // Nothing can be named with a NUL: the memory sink says so.
  for (const name of names.filter((text) => !/[\n\r\0]/.test(text))) {
    const job = loadJob(
      compileText(
        `source log: { k: string } from file("/data/log", format: "json")
         sink ${nameOf(name)} = log |> aggregate count() as n group by k named ${nameOf(name === "sink2" ? "x" : name)} into memory() mode complete`,
        { optimize: true },
      ),
    );
    const host = new SimHost({ autoAdvance: true });
    host.fs.put("/data/log/1.json", '{"k":"__proto__"}\n');
    const { manager, tables } = start(job, { host, checkpoint: "checkpoints", mode: "available now", warn: () => {} });
    await manager.get(name)?.awaitTermination();
    expect([...(tables.get(name)?.rows() ?? [])], name.slice(0, 50)).toEqual([['"__proto__"', "1"]]);
    const written = host.fs.files("/").filter((path) => !path.startsWith("/data/log/"));
    expect(written.length).toBeGreaterThan(5);
    expect(written.filter((path) => !/^\/home\/checkpoints\/[\w%~-]+\/(?:[\w%~.-]+\/)*[\w%~.-]+$/.test(path))).toEqual([]);
    expect(written.filter((path) => path.split("/").some((part) => part === ".." || part.length > 200))).toEqual([]);
  }
});

it("literals of any text are those texts", { timeout: 120_000 }, async () => {
  const texts = hostileTexts.filter((text) => !/\p{Surrogate}/u.test(text));
  const sample = sampleOf(
    `table log: { k: string } from file("in/log", format: "json")\nsink copies = log |> where k in (${texts.map(literalOf).join(", ")}) |> select k, case ${texts.map((text, at) => `when k = ${literalOf(text)} then ${at}`).join(" ")} else -1 end as at into file("out/copies", format: "json")`,
    { "in/log/1.json": texts.map((text) => `${JSON.stringify({ k: text })}\n`).join("") },
  );
  expect((await runSample(sample)).results["copies"]?.map((row): unknown => JSON.parse(row))).toEqual(texts.map((k) => ({ k, at: texts.indexOf(k) })));
});
