import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { nexmarkFiles } from "./files.ts";
import { nexmarkEvents } from "./generator.ts";

/** `npx tsx examples/nexmark/generate.ts [--events N] [--seed N] [--files N] [--out DIR]` writes the events as files that the queries read. */
const { values } = parseArgs({
  options: { events: { type: "string", default: "5000" }, seed: { type: "string", default: "1" }, files: { type: "string", default: "10" }, out: { type: "string", default: ".sluice/nexmark" } },
});
const files = nexmarkFiles(nexmarkEvents({ events: Number(values.events), seed: Number(values.seed) }), Number(values.files));
for (const folder of ["person", "auction", "bid"]) rmSync(join(values.out, folder), { recursive: true, force: true });
for (const { name, text } of files) {
  const path = join(values.out, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
process.stdout.write(`${files.length} files in ${values.out}\n`);
