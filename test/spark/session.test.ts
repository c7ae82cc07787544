import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, inject, it } from "vitest";
import { SparkClient } from "./support/spark-client.ts";
import { startSpark } from "./support/start-spark.ts";

const spark = new SparkClient(inject("spark"));
const folder = mkdtempSync(join(tmpdir(), "sluice-spark-session-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it("runs a program as python would, again and again, each time with a session of its own and its modules anew", async () => {
  writeFileSync(join(folder, "beside.py"), "count = []\n");
  writeFileSync(
    join(folder, "program.py"),
    `
import sys
import beside
from pyspark.sql import SparkSession

beside.count.append(1)
session = SparkSession.builder.getOrCreate()
print(sys.argv[1:], len(beside.count), session.catalog.tableExists("mine"), session.conf.get("spark.mine", "unset"))
session.range(3).createOrReplaceTempView("mine")
session.conf.set("spark.mine", "set")
print("told", file=sys.stderr)
session.stop()
sys.exit(3)
`,
  );
  for (let time = 0; time < 2; time++) expect(await spark.run(join(folder, "program.py"), ["--batch"])).toEqual({ code: 3, stdout: "['--batch'] 1 False unset\n", stderr: "told\n" });
  writeFileSync(join(folder, "program.py"), "raise ValueError('no')\n");
  expect(await spark.run(join(folder, "program.py"), [])).toMatchObject({ code: 1, stderr: expect.stringContaining("ValueError: no") });
});

it("evaluates columns, each of which may fail by itself", async () => {
  const columns = ["F.lit(1)", "F.lit(1) / F.lit(0)", "F.nothing(1)", 'F.expr("timestamp \'2024-01-01 00:00:00.5\'")', "F.lit(Decimal('1.50'))", "F.array(F.lit(float('nan')))"];
  expect(await spark.evaluate({ columns })).toEqual([
    { type: "int", rows: [1] },
    { error: expect.stringContaining("DIVIDE_BY_ZERO") },
    { error: expect.stringContaining("AttributeError") },
    { type: "timestamp", rows: ["timestamp:2024-01-01 00:00:00.5"] },
    { type: "decimal(3,2)", rows: ["decimal(3,2):1.50"] },
    { type: "array<double>", rows: [["double:NaN"]] },
  ]);
  expect(await spark.evaluate({ columns: ["F.sum('a')", "F.count_distinct('a')"], frame: "spark.sql('select * from values (1), (2), (2) as t(a)')", aggregate: true })).toEqual([
    { type: "bigint", rows: ["bigint:5"] },
    { type: "bigint", rows: ["bigint:2"] },
  ]);
});

it("tells that Spark died, or that there is no end, and answers again afterwards", async () => {
  const own = await startSpark();
  try {
    const client = new SparkClient(own.port);
    await expect(client.evaluate({ columns: [], setup: "spark._jvm.java.lang.System.exit(1)" })).rejects.toThrow("Spark died");
    expect(await client.evaluate({ columns: ["F.lit(1)"] })).toEqual([{ type: "int", rows: [1] }]);
    await expect(client.evaluate({ columns: [], setup: "import time; time.sleep(60)" }, 1)).rejects.toThrow("no end after 1 seconds");
  } finally {
    await own.stop();
  }
});
