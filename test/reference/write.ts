import { writeFileSync } from "node:fs";
import { coverage, coverageLine } from "./coverage.ts";
import { coverageLines, coverageTables } from "../../compiler/5-spark/coverage.ts";
import { functionReference } from "./function-reference.ts";
import { sparkReference } from "./spark-reference.ts";

/** `npm run reference` writes docs/functions.md and the tables of docs/spark.md anew, and prints how much of Spark's list of functions is there and how much of the language runs on Spark. */
writeFileSync(new URL("../../docs/functions.md", import.meta.url), await functionReference());
const found = coverage();
process.stdout.write(`${coverageLine(found)}\nlater: ${found.later.join(" ")}\nmissing: ${found.missing.join(" ")}\n`);

writeFileSync(new URL("../../docs/spark.md", import.meta.url), sparkReference());
process.stdout.write(`on Spark\n${coverageLines(coverageTables()).map((line) => `  ${line}\n`).join("")}`);
