import fc from "fast-check";
import { expect, it } from "vitest";
import { fileSink } from "../../../runtime/connectors/file.ts";
import { memorySink } from "../../../runtime/connectors/memory.ts";
import type { SinkConnector } from "../../../runtime/connectors/sink.ts";
import { startHarness, type Harness } from "../../../runtime/testing/index.ts";
import { sinkLines } from "../../examples/machine.ts";
import { handMadeJob, rowsOf } from "./hand-made-job.ts";

type TableRow = Readonly<Record<"k", string> & Record<"n", number>>;

/** The facts by key beside the newest row that the table has of the key; one with the number 0 is none. A fact comes and goes by the sign of `t`. */
function job(sink: SinkConnector): ReturnType<typeof handMadeJob> {
  return handMadeJob(["people", "facts"], {
    mode: "update",
    tables: ["people"],
    sink,
    columns: [{ name: "k", type: "string", nullable: false }, { name: "n", type: "long", nullable: true }],
    build: (context) => {
      const join = context.changingJoin("out/join", { kind: "left", key: { k: "string" }, left: { columns: { k: "string" } }, right: { columns: { n: "long" } } });
      const people = new Map<string, number>();
      return {
        reads: {
          people: {
            begin: () => {
              people.clear();
              join.beginRight();
            },
            process: (batch) => {
              for (const [{ k = "", n = 0 }] of rowsOf(batch)) people.set(k, n);
            },
            end: () => {
              for (const [k, n] of people) if (n !== 0) join.changeRight(1, [k], { n });
              join.endRight();
            },
          },
          facts: (batch) => {
            for (const [{ k = "", t }] of rowsOf(batch)) join.changeLeft(t === -1 ? -1 : 1, [k], { k });
          },
        },
        finish() {
          for (const { left, right, weight } of join.shown()) context.output.change(weight, { k: left.k, ...(right === null ? {} : { n: Number(right.n) }) });
        },
      };
    },
  });
}

/** What the facts are beside the table as it is. */
function joined(facts: readonly string[], people: ReadonlyMap<string, number>): readonly string[] {
  return facts.map((k) => JSON.stringify({ k, ...(people.get(k) ? { n: people.get(k) } : {}) })).sort();
}

const inMemory = async (harness: Harness): Promise<readonly string[]> => (await harness.sql("select k, n from out")).rows.map(([k, n]) => JSON.stringify({ k, ...(n === null ? {} : { n: Number(n) }) })).sort();

/** What the lines of a changelog make up. */
function inFiles(harness: Harness): readonly string[] {
  const rows: string[] = [];
  for (const line of sinkLines(harness.host, "/out")) {
    const [, kind, row = ""] = /^\{"op":"(\+I|-D)",(.*)$/.exec(line) ?? expect.unreachable(line);
    const at = rows.indexOf(`{${row}`);
    if (kind === "+I") rows.push(`{${row}`);
    else if (at >= 0) rows.splice(at, 1);
    else expect.unreachable(line);
  }
  return rows.sort();
}

const key = fc.constantFrom("a", "b", "c");
const crash = fc.constantFrom("none", "offsets.synced", "batch.rows-read", "sinks.prepared", "sinks.committed", "commits.synced");
const steps = fc.array(
  fc.record({ people: fc.array(fc.record({ k: key, n: fc.integer({ min: 0, max: 2 }) }), { maxLength: 2 }), fact: key, goes: fc.boolean(), crash, restarts: fc.boolean(), meanwhile: fc.array(fc.record({ k: key, n: fc.integer({ min: 0, max: 2 }) }), { maxLength: 1 }) }),
  { minLength: 1, maxLength: 5 },
);

it.each(["memory", "files"] as const)("keeps the result in %s what the table makes it, where it changes while the query runs, is down, or has been cut off", async (place) => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const harness = startHarness(job(place === "memory" ? memorySink("out") : fileSink({ path: "/out", changelog: "op" })));
      const facts: string[] = [];
      const people = new Map<string, number>();
      const written = (rows: readonly TableRow[]): readonly TableRow[] => {
        for (const { k, n } of rows) people.set(k, n);
        return rows;
      };
      for (const { people: rows, fact, goes, crash: point, restarts, meanwhile } of all) {
        const at = goes ? facts.indexOf(fact) : -1;
        if (at < 0) facts.push(fact);
        else facts.splice(at, 1);
        if (point !== "none") harness.crashAt(point);
        await harness.step({ people: written(rows), facts: [{ k: fact, ...(at < 0 ? {} : { t: -1 }) }] });
        if (harness.failure !== undefined) {
          await harness.stop();
          // The batch is run again beside the table as it is then, if its sink has not been given it.
          await harness.restart();
        }
        expect(harness.failure).toBeUndefined();
        expect(place === "memory" ? await inMemory(harness) : inFiles(harness)).toEqual(joined(facts, people));
        if (!restarts) continue;
        await harness.stop();
        const before = joined(facts, people);
        harness.add("people", written(meanwhile));
        await harness.restart();
        // What was there is shown again as it was; the table is met by the next batch.
        expect(place === "memory" ? await inMemory(harness) : inFiles(harness)).toEqual(before);
      }
      await harness.stop();
    }),
    { numRuns: 12, interruptAfterTimeLimit: 20_000 },
  );
});
