import fc from "fast-check";
import { expect, it } from "vitest";
import { compileText, loadJob } from "../support/load-job.ts";
import { runSample } from "../support/run-sample.ts";

/** A type of the job, the TypeScript type that takes and gives it, and JSON values of it. */
interface Crossing {
  readonly job: string;
  readonly ts: string;
  readonly value: fc.Arbitrary<unknown>;
}

interface RowCrossing {
  readonly schema: string;
  readonly ts: string;
  readonly rows: readonly unknown[];
}

const long = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -9, max: 9 }));
const instant = fc.integer({ min: -62_135_596_800_000, max: 72_057_594_037_927 }).map((ms) => new Date(ms).toISOString());
const day = fc.integer({ min: -719_162, max: 2_932_896 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

const scalars: readonly Crossing[] = [
  { job: "boolean", ts: "boolean", value: fc.boolean() },
  { job: "string", ts: "string", value: fc.string({ unit: "grapheme" }) },
  { job: "int", ts: "number", value: fc.integer() },
  { job: "int", ts: "bigint", value: fc.integer() },
  { job: "long", ts: "number", value: long },
  { job: "long", ts: "bigint", value: long },
  { job: "float", ts: "number", value: fc.float({ noNaN: true, noDefaultInfinity: true }) },
  { job: "double", ts: "number", value: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { job: "timestamp", ts: "Date", value: instant },
  { job: "date", ts: "Date", value: day },
  { job: "binary", ts: "Uint8Array", value: fc.uint8Array({ maxLength: 5 }).map((bytes) => Buffer.from(bytes).toString("base64")) },
];

const { type } = fc.letrec<{ type: Crossing; field: Crossing }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...scalars),
    tie("field").map(({ job, ts, value }) => ({ job: `${job}[]`, ts: `readonly (${ts})[]`, value: fc.array(value, { maxLength: 3 }) })),
    tie("field").map(({ job, ts, value }) => ({ job: `map<string, ${job}>`, ts: `ReadonlyMap<string, ${ts}>`, value: fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }).filter((key) => key !== "__proto__"), value, { maxKeys: 3 }) })),
    fc.array(tie("field"), { minLength: 1, maxLength: 3 }).map((fields) => ({
      job: `{ ${fields.map(({ job }, at) => `f${at}: ${job}`).join(", ")} }`,
      ts: `{ ${fields.map(({ ts }, at) => `f${at}: ${ts}`).join("; ")} }`,
      value: fc.record(Object.fromEntries(fields.map(({ value }, at) => [`f${at}`, value]))),
    })),
  ),
  // Nullable on both sides, where it is.
  field: fc.tuple(tie("type"), fc.boolean()).map(([inner, nullable]) => (nullable ? { job: `${inner.job}?`, ts: `${inner.ts} | null`, value: fc.option(inner.value) } : inner)),
}));

const crossings: fc.Arbitrary<RowCrossing> = fc
  .array(fc.tuple(type, fc.boolean()), { minLength: 1, maxLength: 8 })
  .map((types) => types.map(([inner, nullable], at) => ({ name: `c${at}`, job: nullable ? `${inner.job}?` : inner.job, ts: nullable ? `${inner.ts} | null` : inner.ts, value: nullable ? fc.option(inner.value) : inner.value })))
  .chain((columns) =>
    fc.array(fc.record(Object.fromEntries(columns.map(({ name, value }) => [name, value]))), { minLength: 1, maxLength: 6 }).map((rows) => ({
      schema: columns.map(({ name, job }) => `  ${name}: ${job}`).join("\n"),
      ts: columns.map(({ name, ts }) => `  ${name}: ${ts};`).join("\n"),
      rows,
    })),
  );

it("a row goes through a function that returns it unchanged, in all types that come back as themselves", async () => {
  await fc.assert(
    fc.asyncProperty(crossings, async ({ schema, ts, rows }) => {
      const text = `import { same, these } from "./functions.ts"\nschema Row {\n${schema}\n}\ntable rows: Row from queue()\nsink plain = rows into memory()\nsink mapped = rows |> map same into memory()\nsink flat = rows |> flatMap these into memory()\n`;
      const functions = `export interface Row {\n${ts}\n}\nexport const same = (row: Row): Row => row;\nexport const these = (row: Row): Row[] => [row];\n`;
      const checked = compileText(text, { optimize: true, files: { read: () => ({ path: "./functions.ts", text: functions }) } });
      const job = loadJob(checked, { "./functions.ts": { same: (row: unknown) => row, these: (row: unknown) => [row] } });
      const lines = rows.map((row) => JSON.stringify(row));
      const { results } = await runSample({ job, mode: "batch", params: {}, env: {}, inputs: [], queues: { rows: [lines] } });
      expect(results["mapped"]).toEqual(results["plain"]);
      expect(results["flat"]).toEqual(results["plain"]);
      expect(results["plain"]).toHaveLength(rows.length);
    }),
    { numRuns: 12 },
  );
}, 120_000);
