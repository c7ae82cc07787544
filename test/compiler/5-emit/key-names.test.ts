import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCli } from "../../support/run-cli.ts";

/** The rows of each sink of a job over the files, in the order of their texts. */
async function run(files: Readonly<Record<string, string>>, sinks: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-key-names-"));
  try {
    mkdirSync(join(folder, "in"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const rows: Record<string, readonly string[]> = {};
    for (const sink of sinks) {
      const { code, stdout, stderr } = await runCli(["run", join(folder, "job.sluice"), "--batch", "--json", "--param", `data=${join(folder, "in")}`, "--sql", `select * from ${sink}`]);
      expect(code, stderr).toBe(0);
      rows[sink] = stdout.trimEnd().split("\n").sort();
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const files = {
  "in/rows.json": '{"user":"a","v":3}\n{"user":"b","v":4}\n{"user":"a","v":5}\n{"user":"a","v":3}\n',
  "in/names.json": '{"id":"a","name":"Ann"}\n{"id":"b","name":"Bob"}\n',
  "functions.ts": "export const seen = (rows: readonly number[], count: number | undefined): number | undefined => (count ?? 0) + rows.length;\n",
};
const head = `param data: string
source rows: { user: string, v: int } from file(data || "/rows.json", format: "json")
source names: { id: string, name: string } from file(data || "/names.json", format: "json")
`;

it("keys whose names are whole numbers keep their places, which the order of an object's properties would change", async () => {
  const job = `import { seen } from "./functions.ts"
${head}sink counts = rows |> aggregate count() as n group by user as \`2\`, v % 2 as \`1\` |> order by \`2\` into memory() mode complete
sink firsts = rows |> select user as \`2\`, v as \`1\` |> dedup by \`2\`, \`1\` into memory()
sink states = rows |> select user as \`2\`, v as \`1\`, v * 1.5e0 as half |> state seen by \`2\`, \`1\` into memory() mode update
`;
  expect(await run({ ...files, "job.sluice": job }, ["counts", "firsts", "states"])).toEqual({
    counts: ['{"2":"a","1":1,"n":3}', '{"2":"b","1":0,"n":1}'],
    firsts: ['{"2":"a","1":3}', '{"2":"a","1":5}', '{"2":"b","1":4}'],
    states: ['{"2":"a","1":3,"value":2}', '{"2":"a","1":5,"value":1}', '{"2":"b","1":4,"value":1}'],
  });
});

it("columns of joined rows whose names are whole numbers keep their places too", async () => {
  const job = `${head}sink pairs = rows as r |> join names as n on r.user = n.id unbounded |> select n.name as \`2\`, r.v as \`1\`, r.user into memory()\n`;
  expect(await run({ ...files, "job.sluice": job }, ["pairs"])).toEqual({
    pairs: ['{"2":"Ann","1":3,"user":"a"}', '{"2":"Ann","1":3,"user":"a"}', '{"2":"Ann","1":5,"user":"a"}', '{"2":"Bob","1":4,"user":"b"}'],
  });
});
