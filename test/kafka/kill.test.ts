import { expect, inject, it } from "vitest";
import { killRuns } from "./support/kill-runs.ts";

it("kill -9 of a job between topics at each of its fault points: a reader with read_committed finds no message lost and none twice", async () => {
  const outcome = await killRuns({ address: inject("kafka"), kills: 10, seed: 8 });
  expect(outcome).toEqual({ messages: 1500, killed: 10, lost: [], twice: [], wrongGroups: [] });
}, 180_000);
