import { expect, inject, it } from "vitest";
import { compareCase } from "./random/compare-case.ts";
import { randomCase } from "./random/random-case.ts";
import { SparkClient } from "./support/spark-client.ts";

/** Always the same; others are tried by `npm run spark-random`. */
const seeds = [8, 9, 10, 11, 12, 13, 14, 15, 16];

const spark = new SparkClient(inject("spark"));
for (const seed of seeds) {
  it(`random jobs of seed ${seed} give the same on Spark`, async () => {
    const one = await randomCase(seed, new Map());
    expect(one.pipelines.length).toBeGreaterThanOrEqual(5);
    const differences = await compareCase(one, spark);
    expect(differences.filter(({ toldBy }) => toldBy === undefined).map(({ text }) => text).join("\n")).toBe("");
  });
}
