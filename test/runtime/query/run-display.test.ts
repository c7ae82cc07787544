import { expect, it } from "vitest";
import type { Host } from "../../../runtime/host/host.ts";
import { runDisplay } from "../../../runtime/query/run-display.ts";
import type { QueryProgress } from "../../../runtime/query/progress.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";

function progress(name: string, batchId: number): QueryProgress {
  return {
    id: "i", runId: "r", name, timestamp: "2024-01-01T00:00:00.000Z", batchId, batchDuration: 1, numInputRows: 10, inputRowsPerSecond: undefined,
    processedRowsPerSecond: undefined, durationMs: {}, eventTime: {}, stateOperators: [], sources: [], sink: { description: "MemorySink", numOutputRows: 2 }, malformedRows: 0,
  };
}

/** A machine whose standard streams are one terminal. */
function terminal(): { readonly host: Host; readonly written: () => string } {
  const { fs, clock, timers, net, compression, process } = new SimHost();
  let text = "";
  const write = (part: string): void => void (text += part);
  const host: Host = {
    fs, clock, timers, net, compression, random: () => 0, uuid: () => "u", fault: () => {},
    process: { ...process, writeStdout: write, writeStderr: write, stderrIsTerminal: true, stdoutIsTerminal: true },
  };
  return { host, written: () => text };
}

it("keeps a line a query at the foot of a terminal, and prints everything else above it", () => {
  const { host, written } = terminal();
  const display = runDisplay("bar", host);
  display.progress(progress("a", 0));
  display.progress(progress("bb", 0));
  display.host.process.writeStdout("a table\n");
  display.message("warning: w\n");
  display.progress(progress("a", 1));
  expect(written()).toBe(
    [
      "a  batch 0  10 rows  2 out\n",
      "\u001b[1A\u001b[Ja   batch 0  10 rows  2 out\nbb  batch 0  10 rows  2 out\n",
      "\u001b[2A\u001b[Ja table\na   batch 0  10 rows  2 out\nbb  batch 0  10 rows  2 out\n",
      "\u001b[2A\u001b[Jwarning: w\na   batch 0  10 rows  2 out\nbb  batch 0  10 rows  2 out\n",
      "\u001b[2A\u001b[Ja   batch 1  20 rows  4 out\nbb  batch 0  10 rows  2 out\n",
    ].join(""),
  );
});

it("prints a plain line a batch where there is no terminal", () => {
  const host = new SimHost();
  const display = runDisplay("bar", host);
  display.progress(progress("a", 0));
  display.progress(progress("a", 1));
  expect(host.stderr).toBe("a  batch 0  10 rows  2 out\na  batch 1  20 rows  4 out\n");
});

it("says nothing of progress with none", () => {
  const host = new SimHost();
  const display = runDisplay("none", host);
  display.progress(progress("a", 0));
  display.message("warning: w\n");
  expect(host.stderr).toBe("warning: w\n");
});
