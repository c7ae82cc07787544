/** Queries whose results are not the same, with the reason for which that is right: `CASE QUERY`. Each is named in `docs/spark.md` or warned about. */
export const knownDifferences: ReadonlyMap<string, string> = new Map([
  ["D06 out", "Spark's dedup of what it reads from files takes -0.0 as 0.0"],
  ["aggregates-in-update kept", "the order of what collect_set gives hangs on arrival, W4121"],
  ["maths curves", "sin differs in its last digit: two libraries"],
  ["dedup-of-streams late_only", "as D06, W4111"],
  ["dedup-of-streams all_columns", "as D06, W4111"],
  ["empty-input counted", "an empty file is a batch on Spark; Node waits until something is in it"],
  ["empty-input updated", "an empty file is a batch on Spark; Node waits until something is in it"],
  ["limits-of-streams first_windows", "which groups a limit takes hangs on their order in Spark, W4110"],
  ["tops-and-firsts first_of_shop", "which row of a key is first hangs on the order in which Spark reads files, W4110"],
  ["tops-and-firsts first_of_length", "which row of a key is first hangs on the order in which Spark reads files, W4110"],
  ["malformed-rows dropped", "text behind a complete object is passed over by Spark, W4141"],
  ["malformed-rows nulled", "text behind a complete object is passed over by Spark, W4141"],
  ["json-documents all_of_arrays", "of an array a record that lacks a column is malformed alone on Spark, W4141"],
]);
