import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { generate, products } from "../../examples/kafka/generate.ts";
import { contentPath } from "../../examples/web-log/pages.ts";
import { runCli } from "../support/run-cli.ts";

// What of examples/kafka needs no broker; the rest is in test/kafka/examples.test.ts.
const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const folder = mkdtempSync(join(tmpdir(), "sluice-kafka-files-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(["run", ...words]);
  expect(code, stderr).toBe(0);
  return stdout;
}

test("the generator gives the bytes that are in the repository", () => {
  for (const { name, text } of generate()) expect(readFileSync(join(root, "examples/kafka/data", name), "utf8") === text, name).toBe(true);
});

test("products.sluice makes the Parquet file that is in the repository, and it holds the products", async () => {
  const made = join(folder, "made");
  await run(["examples/kafka/products.sluice", "--batch", "--param", `folder=${made}`]);
  const [part = ""] = readdirSync(made).filter((name) => name.endsWith(".parquet"));
  const path = join(root, "examples/kafka/data/products.parquet");
  if (process.env["BLESS"] === "1") copyFileSync(join(made, part), path);
  expect(readFileSync(join(made, part)).equals(readFileSync(path))).toBe(true);
  const job = join(folder, "read.sluice");
  writeFileSync(job, `table products: { sku: string, name: string, category: string, price: decimal(10, 2), introduced: date } from file("${path}", format: "parquet")\nsink rows = products |> order by sku |> select sku, name, category, cast(price as string) as price, introduced into memory()\n`);
  const rows = (await run([job, "--batch", "--json", "--sql", "select * from rows"])).trimEnd().split("\n");
  expect(rows).toEqual(products().map((product) => JSON.stringify(product)).sort());
});

test("the ranking of the files is what plain loops over the lines give", async () => {
  const hour = 3_600_000;
  const hits = new Map<number, Map<string, number>>();
  const data = join(root, "examples/web-log/data");
  for (const name of readdirSync(data)) {
    for (const line of readFileSync(join(data, name), "utf8").trimEnd().split("\n")) {
      const { timestamp, request } = JSON.parse(line) as { readonly timestamp: string; readonly request: string };
      const url = contentPath(request);
      if (url === null) continue;
      const last = Math.floor(Date.parse(timestamp) / (2 * hour)) * 2 * hour;
      for (const start of [last, last - 2 * hour, last - 4 * hour]) {
        const counts = hits.get(start) ?? new Map<string, number>();
        hits.set(start, counts.set(url, (counts.get(url) ?? 0) + 1));
      }
    }
  }
  const time = (millis: number): string => new Date(millis).toISOString();
  const expected = [...hits].flatMap(([start, counts]) =>
    [...counts]
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, 10)
      .map(([url, count], index) => JSON.stringify({ window_start: time(start), window_end: time(start + 6 * hour), rank: index + 1, url, hits: count })),
  );
  const printed = (await run(["examples/kafka/ranked-pages-files.sluice", "--batch", "--json", "--sql", "select * from ranked_pages"])).trimEnd().split("\n");
  expect(printed.sort()).toEqual(expected.sort());
});
