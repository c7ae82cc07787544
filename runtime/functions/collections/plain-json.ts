import { JsonScanner, JsonSyntaxProblem } from "../../formats/json/json-scanner.ts";

/** JSON as Spark's functions over JSON texts take it, which is not how its readers do (org.apache.spark.sql.catalyst.expressions.SharedFactory). */
const syntax = { allowUnquotedControlChars: true, allowNonNumericNumbers: false } as const;

/** What `read` makes of a JSON text; null where the text is empty or not well-formed as far as it is read. */
export function readPlainJson<T>(text: string, read: (scanner: JsonScanner) => T): T | null {
  const scanner = new JsonScanner(text, syntax);
  try {
    return scanner.peek() === "end" ? null : read(scanner);
  } catch (error) {
    if (error instanceof JsonSyntaxProblem) return null;
    throw error;
  }
}
