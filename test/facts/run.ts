import { readFileSync } from "node:fs";
import { checkFacts } from "./check-facts.ts";
import { isGreen, reportText } from "./report.ts";

/** `npm run facts -- FILE.json…`: exit code 1 on a difference that the list of deviations does not hold, 2 where a file cannot be read. */
async function main(paths: readonly string[]): Promise<number> {
  if (paths.length === 0) {
    process.stderr.write("usage: npm run facts -- FILE.json…\n");
    return 2;
  }
  let green = true;
  for (const path of paths) {
    const facts = readFacts(path);
    if (typeof facts === "string") {
      process.stderr.write(`${path}: ${facts}\n`);
      return 2;
    }
    const outcomes = await checkFacts(facts);
    process.stdout.write(`${reportText(path, outcomes)}\n`);
    green &&= isGreen(outcomes);
  }
  return green ? 0 : 1;
}

/** The entries of a file, or why there are none. */
function readFacts(path: string): readonly unknown[] | string {
  try {
    const facts: unknown = JSON.parse(readFileSync(path, "utf8"));
    return Array.isArray(facts) ? facts : "the facts of a file are an array";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

process.exitCode = await main(process.argv.slice(2));
