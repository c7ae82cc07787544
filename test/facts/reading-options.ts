import { findFormat } from "../../compiler/catalog/formats/registry.ts";
import type { ReadingFact } from "./fact.ts";
import { untranslatable } from "./untranslatable.ts";

/** Options of Spark that Sluice calls otherwise. */
const renamed: Readonly<Record<string, string>> = { sep: "separator" };

/** Options that say what holds anyway: the default, or what a fact's input does not come to. */
const implied: ReadonlySet<string> = new Set(["csv unescapedQuoteHandling STOP_AT_CLOSING_QUOTE", "csv enforceSchema false", "csv multiLine true"]);

/** What makes Sluice read CSV as Spark does (language: it reads it as RFC 4180 has it); the fact's own options go before. */
const sparksCsv: Readonly<Record<string, string>> = { escape: "\\", emptyAsNull: "true" };

/** The options of a fact as arguments of a source: `, header: true`. */
export function readingOptions(fact: ReadingFact): string {
  const given = fact.options ?? {};
  const options: Record<string, string> = fact.format === "csv" ? { ...sparksCsv } : {};
  if (fact.format === "csv" && given["multiLine"] === undefined) options["multiLine"] = "false";
  if (given["header"] === "true" && given["enforceSchema"] === undefined) options["enforceSchema"] = "true";
  for (const [name, value] of Object.entries(given)) if (!implied.has(`${fact.format} ${name} ${value}`)) options[renamed[name] ?? name] = value;
  // Spark's empty field is null by another name.
  if (options["nullValue"] === "") delete options["nullValue"];
  if (options["emptyValue"] !== undefined) delete options["emptyAsNull"];
  if (options["emptyValue"] === "") {
    delete options["emptyValue"];
    options["emptyAsNull"] = "true";
  }
  const known = findFormat(fact.format)?.reading ?? [];
  return Object.entries(options)
    .map(([name, value]) => {
      const spec = known.find((candidate) => candidate.name === name);
      if (spec === undefined) return untranslatable(`the option ${name}`);
      return `, ${name}: ${typeof spec.type === "object" && spec.type.kind === "boolean" ? value : JSON.stringify(value)}`;
    })
    .join("");
}
