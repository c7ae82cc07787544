const tumbling = "tumbling(t, 5 minutes)";
const sliding = "sliding(t, 5 minutes, every 1 minute)";
const session = "session(t, gap 5 minutes)";

/** Windows under the names that Spark, Flink and SQL in upper case give them, in lower case: what a job writes for them. */
const forms: ReadonlyMap<string, readonly string[]> = new Map([
  ["window", [tumbling, sliding]],
  ["session_window", [session]],
  ["tumble", [tumbling]],
  ["tumbling", [tumbling]],
  ["hop", [sliding]],
  ["hopping", [sliding]],
  ["slide", [sliding]],
  ["sliding", [sliding]],
  ["session", [session]],
]);

/** How a window that another system calls by this name is written here, as one or several forms; undefined where it is none. */
export function foreignWindow(name: string): readonly string[] | undefined {
  return forms.get(name.toLowerCase());
}
