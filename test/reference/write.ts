import { writeFileSync } from "node:fs";
import { coverage, coverageLine } from "./coverage.ts";
import { functionReference } from "./function-reference.ts";

/** `npm run reference` writes docs/functions.md anew and prints how much of Spark's list of functions is there. */
writeFileSync(new URL("../../docs/functions.md", import.meta.url), await functionReference());
const found = coverage();
process.stdout.write(`${coverageLine(found)}\nlater: ${found.later.join(" ")}\nmissing: ${found.missing.join(" ")}\n`);
