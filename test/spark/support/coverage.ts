import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { goldenTest } from "../../support/samples.ts";
import { carryOver } from "./carry-over.ts";
import { compareTargets } from "./compare-targets.ts";
import { outcomeText, type DifferentialCase } from "./differential-case.ts";
import { knownText, outcomeNotRun, unfitForGolden } from "./golden-outcome.ts";
import { unlikeKnown } from "./known-difference.ts";
import { knownDifferences } from "./known-differences.ts";
import type { SparkClient } from "./spark-client.ts";

/** Whether every case runs on Spark; otherwise a sample of those of which there are many, always the same. */
const all = process.env["SPARK_ALL"] !== undefined || process.env["BLESS"] === "1";

/** Which cases run on Spark where not all do. */
export interface Sample {
  /** One of so many of those that are not refused. */
  readonly oneOf: number;
  /** And whose names are like this. */
  readonly always?: RegExp;
}

/** What came of each query of each case, held against a golden, so that nothing goes from equal to refused unseen. */
export class Coverage {
  readonly #outcomes = new Map<string, string>();
  readonly #cases = new Set<string>();
  /** Cases whose test is not through: without them a golden would lose their lines. */
  readonly #open = new Set<string>();
  readonly #title: string;
  readonly #goldenFile: string;
  /** The lines of the golden as they were. */
  readonly #golden: readonly string[];
  readonly #sample: Sample;
  #carried = 0;
  readonly #compared = new Set<string>();

  /** `title` names the golden, `test/spark/coverage/TITLE.txt`; of the cases beside the sample only what is refused is looked at. */
  constructor(title: string, sample: Sample = { oneOf: 1 }) {
    this.#title = title;
    this.#sample = sample;
    this.#goldenFile = fileURLToPath(new URL(`../coverage/${title}.txt`, import.meta.url));
    this.#golden = (existsSync(this.#goldenFile) ? readFileSync(this.#goldenFile, "utf8") : "").split("\n");
    afterAll(() => {
      process.stdout.write(this.#table());
    });
  }

  /** A test that both targets give the same, but for what Spark is refused. */
  testCase(one: DifferentialCase, spark: SparkClient): void {
    if (all || this.#isInSample(one.name)) this.#testRun(one, spark);
    else this.#testRefusals(one);
  }

  /** Cases of which nothing runs are no part of the sample; a new one is. */
  #isInSample(name: string): boolean {
    const before = this.#golden.filter((line) => line.startsWith(`${name} `));
    if (before.length > 0 && before.every((line) => /^[^:]*: refused/.test(line.slice(name.length)))) return false;
    return this.#carried++ % this.#sample.oneOf === 0 || before.length === 0 || this.#sample.always?.test(name) === true;
  }

  /** What is named, and compared nowhere. */
  leaveOut(name: string, reason: string): void {
    this.#outcomes.set(name, `not compared: ${reason}`);
  }

  /** The last test of a file. Nothing that failed, or that is new and not run, becomes a golden. */
  testGolden(): void {
    it(`what is equal and what is refused of ${this.#title} is as before`, () => {
      expect([...this.#open], "their tests did not end").toEqual([]);
      expect(unfitForGolden(this.#outcomes), "compare them first: `SPARK_ALL=1 npm run spark`").toEqual([]);
      expect([...knownDifferences.keys()].filter((name) => this.#cases.has(caseOf(name)) && !this.#outcomes.has(name)), "known to differ, and no longer there").toEqual([]);
      goldenTest(`${[...this.#outcomes].map(([name, outcome]) => `${name}: ${outcome}`).sort().join("\n")}\n`, this.#goldenFile);
    });
  }

  #testRun(one: DifferentialCase, spark: SparkClient): void {
    this.#begin(one);
    it(`${one.name} gives the same on Spark`, async () => {
      const differences: string[] = [];
      for (const [query, outcome] of await compareTargets(one, spark)) {
        const name = `${one.name} ${query}`;
        const known = knownDifferences.get(name);
        const fault = known === undefined ? (outcome.kind === "differs" ? outcome.difference : undefined) : unlikeKnown(known, outcome);
        if (fault !== undefined) differences.push(`${name}: ${fault}`);
        this.#outcomes.set(name, known === undefined ? outcomeText(outcome) : fault === undefined ? knownText(known) : "differs");
        if (outcome.kind !== "refused") this.#compared.add(name);
      }
      this.#open.delete(one.name);
      expect(differences.join("\n")).toBe("");
    });
  }

  #testRefusals(one: DifferentialCase): void {
    this.#begin(one);
    it(`${one.name} is carried over or refused`, () => {
      const { refused, rest } = carryOver(one.path, one.text("/data"));
      for (const [query, codes] of refused) this.#outcomes.set(`${one.name} ${query}`, outcomeText({ kind: "refused", codes }));
      for (const { analyzed } of rest?.checked.queries ?? []) {
        const name = `${one.name} ${analyzed.name}`;
        this.#outcomes.set(name, outcomeNotRun(name, this.#golden));
      }
      this.#open.delete(one.name);
    });
  }

  #begin({ name }: DifferentialCase): void {
    this.#cases.add(name);
    this.#open.add(name);
  }

  /** How many there are of each outcome. */
  #table(): string {
    const counts = new Map<string, number>();
    const count = (outcome: string): void => void counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    for (const [name, outcome] of this.#outcomes) {
      const codes = /^refused (.*)$/.exec(outcome)?.[1];
      if (codes === undefined) count(this.#compared.has(name) || outcome.startsWith("not ") ? outcome : `${outcome} (the golden's; not run now)`);
      else for (const code of codes.split(" ")) count(`refused ${code}`);
    }
    const lines = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([outcome, times]) => `${String(times).padStart(6)}  ${outcome}\n`);
    return `Spark and Node, ${this.#title}: ${this.#outcomes.size} queries, ${this.#compared.size} of them compared now\n${lines.join("")}`;
  }
}

/** The case of `CASE QUERY`. */
function caseOf(name: string): string {
  return name.slice(0, name.lastIndexOf(" "));
}
