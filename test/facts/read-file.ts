import { type Field, recordType, typeText } from "../../compiler/ir/types/data-type.ts";
import { failedBy, notThereCodes } from "./ask.ts";
import { cellValue } from "./cell-value.ts";
import { agrees, decode } from "./decode.ts";
import type { ReadingFact } from "./fact.ts";
import { type Part, type PartResult, runParts } from "./run-parts.ts";
import { readingOptions } from "./reading-options.ts";
import { sparkFields } from "./spark-type.ts";
import { reasonOf } from "./untranslatable.ts";
import { answerText, show, type Verdict } from "./verdict.ts";

const filesPerJob = 60;
/** Spark's column for the text of a malformed record. */
const corruptColumn = "_corrupt_record";
const policies: Readonly<Record<string, string>> = { FAILFAST: '"fail"', PERMISSIVE: "", DROPMALFORMED: '"drop"' };

interface Reading {
  readonly fact: ReadingFact;
  readonly fields: readonly Field[];
  readonly part: Part;
  /** The side output of malformed records. */
  readonly malformed: string;
}

/**
 * Reads the file of each fact through a job: FAILFAST is `malformed: "fail"`, DROPMALFORMED `"drop"`, and PERMISSIVE a side output,
 * which gets the records whose text Spark shows in `_corrupt_record`; what Spark could save of such a row is not compared.
 */
export async function readFiles(facts: readonly ReadingFact[]): Promise<ReadonlyMap<ReadingFact, Verdict>> {
  const verdicts = new Map<ReadingFact, Verdict>();
  const readings = facts.flatMap((fact, at) => {
    const reading = readingOf(fact, at);
    if ("part" in reading) return [reading];
    verdicts.set(fact, { kind: "skipped", reason: reading.reason });
    return [];
  });
  for (let at = 0; at < readings.length; at += filesPerJob) {
    const some = readings.slice(at, at + filesPerJob);
    const results = await runParts(some.map(({ part }) => part));
    for (const reading of some) {
      const result = results.get(reading.part);
      if (result !== undefined) verdicts.set(reading.fact, compare(reading, result));
    }
  }
  return verdicts;
}

function readingOf(fact: ReadingFact, at: number): Reading | { readonly reason: string } {
  const policy = policies[fact.mode];
  if (fact.format !== "json" && fact.format !== "csv") return { reason: `the format ${fact.format}` };
  if (fact.volatile !== undefined) return { reason: "depends on the day" };
  if (policy === undefined) return { reason: `the mode ${fact.mode}` };
  try {
    const options = readingOptions(fact);
    const fields = sparkFields(fact.schema);
    const malformed = `malformed${at}`;
    const side = policy === "" ? `\nsink ${malformed} into memory()` : "";
    const table = `table file${at}: ${typeText(recordType(fields))} from file("${at}.${fact.format}", format: "${fact.format}"${options}, malformed: ${policy === "" ? malformed : policy})`;
    const bytes = fact.input.startsWith("binary:") ? Buffer.from(fact.input.slice("binary:".length), "base64") : Buffer.from(fact.input, "utf8");
    return { fact, fields, malformed, part: { sink: `rows${at}`, ...(fact.timezone === undefined ? {} : { timezone: fact.timezone }), text: `${table}\nsink rows${at} = file${at} into memory()${side}`, files: { [`${at}.${fact.format}`]: bytes } } };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

function compare({ fact, fields, part, malformed }: Reading, result: PartResult): Verdict {
  switch (result.kind) {
    case "broken":
      return { kind: "differs", answer: `broken: ${result.message}` };
    case "refused": {
      const later = result.diagnostics.find(({ code }) => notThereCodes.has(code));
      if (later !== undefined) return { kind: "skipped", reason: later.message };
      if (fact.error === "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE" && result.diagnostics.every(({ code }) => code === "E5020")) return { kind: "agrees" };
      return { kind: "differs", answer: result.diagnostics.map(({ code, message }) => `${code}: ${message}`).join("; ") };
    }
    case "failed":
      return fact.error !== undefined && failedBy(result.error).kind === "failed" ? { kind: "agrees" } : { kind: "differs", answer: answerText(failedBy(result.error)) };
    case "ran":
      break;
  }
  const rows = result.rows(part.sink).map((cells) => fields.map(({ type }, at) => cellValue(cells[at] ?? "null", type)));
  const side = result.rows(malformed);
  const raws = side.map(([raw = '""']) => Buffer.from(String(JSON.parse(raw)), "base64").toString("utf8"));
  const answer = `rows ${show(rows)}${side.map(([, error], at) => `, malformed ${show(raws[at])}: ${error ?? ""}`).join("")}`;
  if (fact.rows === undefined) return { kind: "differs", answer };
  const whole = fact.rows.filter((row) => (row[corruptColumn] ?? null) === null);
  const corrupt = fact.rows.flatMap((row) => (typeof row[corruptColumn] === "string" ? [row[corruptColumn].replace(/^string:/, "")] : []));
  // Spark makes a row of each item of a JSON array, and shows the whole text with each; here it is one record.
  const records = corrupt.filter((text, at) => fact.format !== "json" || text !== corrupt[at - 1]);
  const isSame =
    rows.length === whole.length &&
    whole.every((row, at) => fields.every(({ name, type }, column) => agrees(rows[at]?.[column], decode(row[name] ?? null, type)))) &&
    raws.length === records.length &&
    records.every((text, at) => text === raws[at]);
  return isSame ? { kind: "agrees" } : { kind: "differs", answer };
}
