import { aggregateNames, findAggregate, findScalar, scalarNames } from "../../compiler/catalog/functions/registry.ts";
import { coverage, coverageLine } from "./coverage.ts";
import { evaluateExamples, exampleColumns, exampleRows } from "./evaluate-examples.ts";
import { aggregateExample, scalarExample } from "./example-of.ts";
import { signatureText } from "./signature-text.ts";

/** A function as the page has it. */
interface Entry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly signature: string;
  readonly summary: string;
  readonly example: string | undefined;
  readonly isAggregate: boolean;
}

/** The text of `docs/functions.md`: every function of the catalogue with its signature, and an example that has just been run. */
export async function functionReference(): Promise<string> {
  const scalars = scalarNames().flatMap((name) => entryOf(name, false));
  const aggregates = aggregateNames().flatMap((name) => entryOf(name, true));
  const entries = [...scalars, ...aggregates];
  const values = await evaluateExamples(entries.flatMap(({ example, isAggregate }) => (example === undefined ? [] : [{ text: example, isAggregate }])));
  const { later, missing, saidOtherwise } = coverage();
  const cells = exampleRows.map((row) => `| ${row.map((cell) => (cell === null ? "null" : String(cell))).join(" | ")} |`);
  return [
    "# Functions",
    "",
    "Written by `npm run reference` from the catalogue of functions; not edited by hand. Names and meanings are those of Spark SQL: this version has",
    `${coverageLine(coverage())}.`,
    "",
    "A signature names what arguments become: an int that is given for a `double` is converted by itself. `[, …]` may be left out, `…` repeats what stands before it.",
    "Where nothing else is said an argument that is null makes the result null. Behind `is` stands what the example gives, as in JSON.",
    "",
    "## Functions of a row",
    "",
    ...scalars.flatMap((entry) => linesOf(entry, values)),
    "## Aggregates",
    "",
    "Each takes `distinct` before its arguments and `where CONDITION` behind them: `count(distinct s where ok)`. The examples are over these rows:",
    "",
    `| ${exampleColumns.map(({ name }) => name).join(" | ")} |`,
    `|${exampleColumns.map(() => "---|").join("")}`,
    ...cells,
    "",
    ...aggregates.flatMap((entry) => linesOf(entry, values)),
    "## Functions of Spark that are said otherwise",
    "",
    "| Spark | here |",
    "|---|---|",
    ...[...saidOtherwise].map(([name, here]) => `| \`${name}\` | ${here} |`),
    "",
    "## Functions of Spark that are not there",
    "",
    `Refused as not in this version: ${list(later)}.`,
    "",
    `Unknown to the compiler: ${list(missing)}.`,
    "",
  ].join("\n");
}

function entryOf(name: string, isAggregate: boolean): readonly Entry[] {
  const fn = isAggregate ? findAggregate(name) : findScalar(name);
  if (fn === undefined || fn.name !== name) return [];
  const signature = signatureText(name, fn);
  const count = signature.slice(0, signature.indexOf("→")).replace(/\[.*/, "").split(",").length;
  return [{ name, aliases: [...(fn.aliases ?? [])].sort(), signature, summary: fn.summary, example: isAggregate ? aggregateExample(name, count) : scalarExample(name), isAggregate }];
}

function linesOf({ name, aliases, signature, summary, example }: Entry, values: ReadonlyMap<string, string>): readonly string[] {
  const also = aliases.length === 0 ? "" : ` Also ${list(aliases)}.`;
  const value = example === undefined ? undefined : values.get(example);
  return [`### ${name}`, "", `${summary}${also}`, "", "```text", ...signature.split("; "), ...(example === undefined || value === undefined ? [] : [`${example}  is  ${value}`]), "```", ""];
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
