import { readFileSync } from "node:fs";
import { recordDifferences } from "../../compiler/5-spark/connectors/format-forms.ts";
import { coverageTables, type Coverage } from "../../compiler/5-spark/coverage.ts";

/** The hand-written part of docs/spark.md ends with this line; the tables below it are made. */
const mark = "<!-- What follows is written by `npm run reference`. -->";

/** The text of docs/spark.md: what is written by hand, and the tables of what a job may say. */
export function sparkReference(): string {
  const written = readFileSync(new URL("../../docs/spark.md", import.meta.url), "utf8");
  const at = written.indexOf(mark);
  if (at < 0) throw new Error(`docs/spark.md has no line ${mark}`);
  const tables = coverageTables().flatMap(({ title, rows }) => [`### ${title}`, "", "| | on Spark | codes | in place of what is refused |", "|---|---|---|---|", ...rows.map(line), ""]);
  return `${written.slice(0, at)}${mark}\n\n${records()}\n${tables.join("\n")}`;
}

/** What readers take otherwise, by where the records come from. */
function records(): string {
  const rows = Object.entries(recordDifferences).flatMap(([from, formats]) => Object.entries(formats).map(([format, cases]) => `| \`${format}\` in ${from} | ${cases ?? ""} |`));
  return ["### Records that are read otherwise", "", "| | on Spark |", "|---|---|", ...rows, ""].join("\n");
}

function line({ name, how, says, codes, nearest }: Coverage): string {
  const cells = [`\`${name}\``, how === "refused" ? `no: ${says}` : says, codes.join(" "), nearest];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}
