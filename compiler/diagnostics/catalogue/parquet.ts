import { defineDiagnostic } from "../define.ts";

/** A column of a sample that no type of the language can hold. */
export const parquetColumn = defineDiagnostic<{ path: string; column: string; found: string }>({
  code: "E5090",
  slug: "parquet-column",
  message: ({ path, column, found }) => `the column \`${column}\` of \`${path}\` is ${found}, for which there is no type`,
  label: () => "this sample",
});
