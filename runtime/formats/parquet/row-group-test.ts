/** A value of a filter as the runtime holds it: a date in days, a timestamp in microseconds, a decimal scaled. */
export type TestValue = string | number | bigint | boolean;

/** What every row that passes the job's filter meets in one column: `["amount", ">=", 5]`, `["city", "in", ["Rome", "Oslo"]]`, `["note", "is null"]`. */
export type RowGroupTest =
  | readonly [column: string, test: "=" | "<" | "<=" | ">" | ">=", value: TestValue]
  | readonly [column: string, test: "in", values: readonly TestValue[]]
  | readonly [column: string, test: "is null"]
  | readonly [column: string, test: "is not null"];
