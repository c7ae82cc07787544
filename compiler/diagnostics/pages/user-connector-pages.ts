import { clicks, type Page } from "./page.ts";

const good = 'import { store } from "./store.ts"\nsink out = clicks into foreach(store)';
const store = "export const store = {\n  process(row: { page: string }): void {\n    console.log(row.page);\n  },\n};\n";
const feed = "export const feed = {\n  latest(): number {\n    return 1;\n  },\n  *read(from: number | undefined, to: number): Iterable<string> {\n    for (let at = (from ?? 0) + 1; at <= to; at++) yield `{\"page\":\"p${at}\"}`;\n  },\n};\n";

/** E5050 to E5055 and R7650 to R7657: sinks and sources in TypeScript. */
export const userConnectorPages: readonly Page[] = [
  {
    code: "E5050",
    title: "connector-not-imported",
    meaning: "`foreach`, `foreachBatch`, `custom` and the option `decode` are given code of yours, by the name under which the job imports it. They take no text, no param and no call.",
    mending: 'Import it: `import { store } from "./store.ts"`, and write `foreach(store)`.',
    example: { given: clicks, bad: 'sink out = clicks into foreach("store")', good, files: { "./store.ts": store } },
  },
  {
    code: "E5051",
    title: "not-a-writer",
    meaning: "`foreach` calls `process(row)` for each row, and `open(partitionId, version)` and `close(error)` around them where there are such methods. What it is given is an object with them, or a function that makes one when the query starts.",
    mending: "Export an object with `process`; of a class, an object of it.",
    example: { given: clicks, bad: 'import { store } from "./store.ts"\nsink out = clicks into foreach(store)', good: 'import { store } from "./good.ts"\nsink out = clicks into foreach(store)', files: { "./store.ts": "export const store = { write(): void {} };\n", "./good.ts": store } },
  },
  {
    code: "E5052",
    title: "user-method-form",
    meaning: "A method of a writer or receiver, or a function that is given to a connector, cannot take what it is called with, or returns something else than the connector uses. Types are read from the source, so that nothing is found out at run time.",
    mending: "Write it as the help shows.",
    example: {
      given: clicks,
      bad: 'import { store } from "./store.ts"\nsink out = clicks into foreach(store)',
      good: 'import { store } from "./good.ts"\nsink out = clicks into foreach(store)',
      files: { "./store.ts": store.replace("{\n", "{\n  open(table: string): boolean {\n    return table !== \"\";\n  },\n"), "./good.ts": store },
    },
  },
  {
    code: "E5053",
    title: "not-a-receiver",
    meaning: "`custom` takes an object with `latest()` and `read(from, to)`, whose records can be read again from their offsets, or with `receive(push, signal)`, whose records are written durably before a batch uses them; or a function that makes one of them.",
    mending: "Export an object with those methods; of a class, an object of it.",
    example: {
      bad: 'import { feed } from "./feed.ts"\nsource clicks: { page: string } from custom(feed)\nsink out = clicks into console()',
      good: 'import { feed } from "./good.ts"\nsource clicks: { page: string } from custom(feed)\nsink out = clicks into console()',
      files: { "./feed.ts": "export const feed = { next(): string {\n  return \"\";\n} };\n", "./good.ts": feed },
    },
  },
  {
    code: "E5054",
    title: "unmarked-changes",
    meaning: "The result changes and does not show its keys, so rows of it come and go as wholes. A writer that is not told which is which would take rows that go for rows that come.",
    mending: "Take the kind, `process(row, kind)` or `f(rows, batchId, kinds)`, or keep the keys of the result among its columns.",
    example: {
      given: clicks,
      bad: 'import { store } from "./store.ts"\nsink out = clicks |> aggregate max(page) as page group by user |> select page into foreach(store)\n  mode update',
      good: 'import { store } from "./good.ts"\nsink out = clicks |> aggregate max(page) as page group by user |> select page into foreach(store)\n  mode update',
      files: { "./store.ts": store.replace("page: string", "page: string | null"), "./good.ts": store.replace("row: { page: string }", "row: { page: string | null }, kind: string").replace("row.page", "kind, row.page") },
    },
  },
  {
    code: "E5055",
    title: "user-side-output",
    meaning: "The rows of a side output are made by the runtime, malformed records and late rows among them. They go where rows are kept, and not to code of yours.",
    mending: "Write the side output into `file(…)` or `memory()`, and read it in another job.",
    example: {
      bad: 'import { store } from "./store.ts"\nsource clicks: { page: string } from file("clicks/", format: "json", malformed: bad)\nsink out = clicks into console()\nsink bad into foreach(store)',
      good: 'source clicks: { page: string } from file("clicks/", format: "json", malformed: bad)\nsink out = clicks into console()\nsink bad into file("bad/")',
      files: { "./store.ts": store },
    },
  },
  {
    code: "R7650",
    title: "writer failed",
    meaning: "A method of the writer of `foreach` threw, or its promise was rejected. The batch is not committed: the query ends, and started again with its checkpoint it runs the batch again, with the same rows under the same partition and version.",
    mending: "Look at the cause. A writer that may fail for a while tries again by itself; one that writes a version twice looks first whether it has it.",
  },
  {
    code: "R7651",
    title: "function of foreachBatch failed",
    meaning: "The function of `foreachBatch` threw, or its promise was rejected. The batch is not committed, and is run again with the same id and rows.",
    mending: "Look at the cause.",
  },
  {
    code: "R7652",
    title: "no writer",
    meaning: "What `foreach` was given when the query started has no method `process`, or the function that makes it failed.",
    mending: "Export an object with `process(row)`, or a function that returns one.",
  },
  {
    code: "R7653",
    title: "no receiver",
    meaning: "What `custom` was given when the query started is no receiver, or the function that makes it failed.",
    mending: "Export an object with `latest()` and `read(from, to)`, or with `receive(push, signal)`, or a function that returns one.",
  },
  {
    code: "R7654",
    title: "receiver failed",
    meaning: "A method of the receiver of `custom` threw, or its promise was rejected. The query ends; started again with its checkpoint it goes on where it was, but for records of a `receive` that no batch had taken.",
    mending: "Look at the cause. A receiver that may lose its connection connects again by itself.",
  },
  {
    code: "R7655",
    title: "offset is no JSON value",
    meaning: "`latest` gave something that has no JSON text. Offsets are kept in the checkpoint as such texts, and compared by them.",
    mending: "Give numbers, texts, or arrays and records of them; a bigint as its text; undefined only while there is nothing at all.",
  },
  {
    code: "R7656",
    title: "record is neither text nor bytes",
    meaning: "A receiver gave a value that is no record of a format.",
    mending: "Give a text or bytes in the format that the source declares: `JSON.stringify(…)` for json.",
  },
  {
    code: "R7657",
    title: "receiver outruns its batches",
    meaning: "A receiver with `receive` handed over more records than the batches take. While more than 64 MB wait for a batch, `push` gives a promise that resolves once there is room; this receiver did not wait for it, and at 256 MB the query ends, after the batch that takes what waits.",
    mending: "Wait for the promise before the next record: `await push(record)`. Where the sender cannot be held, give fewer records, or make the batches faster.",
  },
];
