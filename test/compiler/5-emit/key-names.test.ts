import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCli } from "../../support/run-cli.ts";

it("keys whose names are whole numbers keep their places, which the order of an object's properties would change", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-key-names-"));
  try {
    writeFileSync(join(folder, "rows.json"), '{"user":"a","v":3}\n{"user":"b","v":4}\n{"user":"a","v":5}\n{"user":"a","v":3}\n');
    writeFileSync(
      join(folder, "job.sluice"),
      `source rows: { user: string, v: int } from file(${JSON.stringify(join(folder, "rows.json"))}, format: "json")
sink counts = rows |> aggregate count() as n group by user as \`2\`, v % 2 as \`1\` |> order by \`2\` into memory() mode complete
sink firsts = rows |> select user as \`2\`, v as \`1\` |> dedup by \`2\`, \`1\` into memory()
`,
    );
    const rowsOf = async (sink: string): Promise<readonly string[]> => {
      const { code, stdout, stderr } = await runCli(["run", join(folder, "job.sluice"), "--batch", "--json", "--sql", `select * from ${sink}`]);
      expect(code, stderr).toBe(0);
      return stdout.trimEnd().split("\n").sort();
    };
    expect(await rowsOf("counts")).toEqual(['{"2":"a","1":1,"n":3}', '{"2":"b","1":0,"n":1}']);
    expect(await rowsOf("firsts")).toEqual(['{"2":"a","1":3}', '{"2":"a","1":5}', '{"2":"b","1":4}']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
