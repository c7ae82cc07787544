import { RowError } from "../errors/row-error.ts";
import { CsvScanner } from "../formats/csv/csv-scanner.ts";
import type { CsvType } from "./csv-type.ts";

/**
 * Spark's `from_csv` (CsvToStructs): the fields of one CSV record by position. A field that does not fit is null, as is one that is
 * missing; further fields are passed over. In the mode FAILFAST such a text fails the row.
 */
export function fromCsv<T>(text: string, csv: CsvType<T>): T {
  const bytes = Buffer.from(text, "utf8");
  const scanner = new CsvScanner(csv.dialect);
  scanner.scan(bytes, 0, bytes.length);
  const record: Record<string, unknown> = { ...csv.type.empty };
  const count = scanner.isBlank(bytes, 0) ? 0 : scanner.count;
  let problem = scanner.isUnclosed ? "a quote is not closed" : count === csv.values.length ? undefined : `the record has ${count} fields, where ${csv.values.length} are expected`;
  csv.values.forEach((read, at) => {
    const field = csv.type.fields[at];
    if (at >= count || field === undefined) return;
    const value = read(scanner.text(bytes, at), scanner.quoted[at] === true);
    if (value === undefined) problem ??= `the field \`${field.name}\` does not fit its type`;
    // The field is there already, whatever it is called.
    else record[field.name] = value;
  });
  if (problem !== undefined && csv.failFast) throw new RowError("MALFORMED_RECORD_IN_PARSING", problem);
  // The fields are those of `csv.type` and nothing else; `T` is that type's.
  return record as T;
}
