import { expect, it } from "vitest";
import type { SimHost } from "../../runtime/testing/index.ts";
import { machineWith, runOn, sinkLines } from "../examples/machine.ts";
import { compileText, loadJob } from "../support/load-job.ts";

// What a killed process has written lies in the system's memory: the process after it reads it and goes on from it, and then the power fails.

const job = loadJob(
  compileText(
    `source rows: { k: string, v: long } from file("/data", format: "json", maxFilesPerTrigger: 1)
     sink sums = rows |> aggregate count() as n, sum(v) as total group by k |> order by k into file("/out", format: "json", replace: true) mode complete
     sink copies = rows |> select k, v into file("/copies", format: "json")
     option sinks = "together"`,
    { optimize: true },
  ),
);
const args = ["--drain", "--checkpoint", "/checkpoints"];
const files = Array.from({ length: 2 }, (_, at) => ({ name: `${at}.jsonl`, text: `{"k":"k${at % 2}","v":${at}}\n` }));

function resultOf(host: SimHost): readonly string[] {
  return [...sinkLines(host, "/out"), ...sinkLines(host, "/copies")];
}

it("gives the same after a kill and a failure of power at any point of the run after it", { timeout: 240_000 }, async () => {
  const calm = machineWith(files);
  expect(await runOn(calm, job, args)).toBe(0);
  const points = [...new Set(calm.reached)];
  let both = 0;
  // What a kill leaves undone is the making durable of a name; of the other points some stand for all.
  for (const first of points.filter((point, at) => point.endsWith(".renamed") || at % 8 === 0)) {
    for (const second of points) {
      // Each second crash has a machine of its own.
      const before = machineWith(files);
      before.crashAt(first, Math.min(2, calm.reached.filter((point) => point === first).length));
      await runOn(before, job, args);
      const next = before.afterCrash("kill");
      next.crashAt(second, 1);
      await runOn(next, job, args);
      if (!next.reached.includes(second)) continue;
      both++;
      const last = next.afterCrash("power loss");
      const name = `killed at ${first}, power lost at ${second}`;
      const code = await runOn(last, job, args);
      expect({ code, stderr: code === 0 ? "" : last.stderr }, name).toEqual({ code: 0, stderr: "" });
      expect(resultOf(last), name).toEqual(resultOf(calm));
    }
  }
  expect(both).toBeGreaterThan(points.length);
});
