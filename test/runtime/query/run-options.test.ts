import { expect, it } from "vitest";
import { SluiceRuntimeError } from "../../../runtime/errors/runtime-error.ts";
import { readRunOptions, runOptionsHelp, splitRunArguments } from "../../../runtime/query/run-options.ts";

function mistake(...argv: readonly string[]): string {
  try {
    readRunOptions(argv);
  } catch (error) {
    if (error instanceof SluiceRuntimeError) return `${error.code} ${error.what}; ${error.how ?? ""}`;
    throw error;
  }
  return "none";
}

it("reads every option", () => {
  const argv = ["--query", "a", "--query=b", "--drain", "--checkpoint", "cp", "--param", "x=1=2", "--param", "y=", "--capture", "f", "--changelog", "--sql", "select 1", "--sql", "-- c\nselect 2", "--json", "--progress", "json"];
  expect(readRunOptions(argv)).toEqual({
    queries: ["a", "b"],
    mode: "drain",
    checkpoint: "cp",
    params: { x: "1=2", y: "" },
    capture: { path: "f", changelog: true },
    sql: ["select 1", "-- c\nselect 2"],
    sqlAsJson: true,
    progress: "json",
    help: false,
  });
});

it("runs by the declared triggers where nothing else is said", () => {
  expect(readRunOptions([])).toEqual({ queries: [], mode: "declared", checkpoint: undefined, params: {}, capture: undefined, sql: [], sqlAsJson: false, progress: undefined, help: false });
});

it("knows each way to run", () => {
  expect(["--batch", "--once", "--available-now", "--drain"].map((option) => readRunOptions([option]).mode)).toEqual(["batch", "once", "available now", "drain"]);
});

it("says what is meant by a mistyped option", () => {
  expect(mistake("--avialable-now")).toBe("R7620 there is no option --avialable-now; did you mean --available-now?");
  expect(mistake("--frobnicate")).toBe("R7620 there is no option --frobnicate; see --help");
  expect(mistake("extra")).toContain("R7620");
});

it("refuses options that contradict one another", () => {
  expect(mistake("--batch", "--once")).toContain("R7622 --batch and --once say two different ways to run");
  expect(mistake("--batch", "--checkpoint", "cp")).toContain("a bounded run");
  expect(mistake("--changelog")).toContain("--capture");
  expect(mistake("--json")).toContain("--sql");
  expect(mistake("--checkpoint", "a", "--checkpoint", "b")).toContain("given twice");
  expect(mistake("--param", "a=1", "--param", "a=2")).toContain("the param `a` is given twice");
});

it("refuses options without their values, and values where none is taken", () => {
  expect(mistake("--checkpoint")).toBe("R7621 --checkpoint needs a value; write --checkpoint DIR");
  expect(mistake("--capture", "--changelog")).toContain("--capture needs a value");
  expect(mistake("--batch=yes")).toContain("--batch takes no value");
  expect(mistake("--param", "x")).toContain("write --param x=VALUE");
  expect(mistake("--progress", "jsn")).toContain("did you mean json?");
});

it("takes a negative number as a value", () => {
  expect(readRunOptions(["--param", "n=-5"]).params).toEqual({ n: "-5" });
});

it("finds the file between the options", () => {
  expect(splitRunArguments(["--batch", "job.sluice", "--sql", "select 1"])).toEqual({ files: ["job.sluice"], options: ["--batch", "--sql", "select 1"] });
  expect(splitRunArguments(["a.sluice", "--query", "b.sluice"])).toEqual({ files: ["a.sluice"], options: ["--query", "b.sluice"] });
});

it("reads how many shards there are to be", () => {
  expect(readRunOptions(["--shards", "3"]).shards).toBe(3);
  expect(readRunOptions(["--shards", "1"]).shards).toBeUndefined();
  expect(mistake("--shards", "0")).toContain("R7621 --shards 0 is no number of shards");
  expect(mistake("--shards", "3", "--shard", "0/3")).toContain("R7622 --shards starts all shards, and --shard is one of them");
});

it("describes every option in its help, on lines that fit a terminal", () => {
  for (const name of ["query", "batch", "once", "available-now", "drain", "checkpoint", "param", "capture", "changelog", "sql", "json", "progress", "help"]) expect(runOptionsHelp).toContain(`  --${name}`);
  for (const line of runOptionsHelp.split("\n")) expect(line.length).toBeLessThan(100);
});

it("listens on this machine alone where nothing else is said", () => {
  expect(readRunOptions(["--port", "9100"]).monitor).toEqual({ host: "127.0.0.1", port: 9100, stalledAfter: 600_000 });
  expect(readRunOptions(["--port=0", "--host", "0.0.0.0", "--stalled-after", "30"]).monitor).toEqual({ host: "0.0.0.0", port: 0, stalledAfter: 30_000 });
  expect(mistake("--host", "0.0.0.0")).toBe("R7622 --host says how --port answers, and there is no --port; add --port N");
  for (const port of ["65536", "http", "-1", ""]) expect(mistake(`--port=${port}`)).toContain("R7621");
  expect(mistake("--port", "1", "--stalled-after", "0")).toContain("R7621");
});
