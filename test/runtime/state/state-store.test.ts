import { expect, it } from "vitest";
import { Checkpoint } from "../../../runtime/checkpoint/checkpoint.ts";
import type { StateVersion } from "../../../runtime/state/state-version.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { Counts } from "../../faults/toy-query.ts";

function opened(host: SimHost): { readonly checkpoint: Checkpoint; readonly counts: Counts; readonly store: ReturnType<Checkpoint["stateStore"]> } {
  const checkpoint = Checkpoint.open(host, "/home/q", { queryName: "q", sources: [], statePartitions: 2 }, { warn: () => {} });
  const counts = new Counts("pages/aggregate", checkpoint.codec);
  return { checkpoint, counts, store: checkpoint.stateStore([counts]) };
}

function reloaded(checkpoint: Checkpoint, version: StateVersion): Counts {
  const counts = new Counts("pages/aggregate", checkpoint.codec);
  checkpoint.stateStore([counts]).load(version);
  return counts;
}

it("a batch writes files only for the partitions that it changed", () => {
  const host = new SimHost();
  const { counts, store } = opened(host);
  store.load({ version: 0, chains: [] });
  counts.add("a", 1);
  const first = store.commit(0);
  expect(first.chains).toHaveLength(1);
  expect(first.chains[0]?.files.map((file) => file.name)).toEqual(["1-1.delta"]);
  const second = store.commit(1);
  expect(second).toEqual({ version: 2, chains: first.chains });
});

it("any version can be loaded as long as its files are there, with what was taken away and put back", () => {
  const host = new SimHost();
  const { checkpoint, counts, store } = opened(host);
  store.load({ version: 0, chains: [] });
  const versions: { readonly version: StateVersion; readonly counts: Readonly<Record<string, number>> }[] = [];
  for (let batch = 0; batch < 40; batch++) {
    counts.add(`k${batch % 9}`, batch % 4 === 3 ? -2 : 1);
    counts.add(`k${(batch * 5) % 13}`, batch % 3 === 2 ? -1 : 1);
    versions.push({ version: store.commit(batch), counts: counts.all() });
  }
  for (const { version, counts: expected } of versions) expect(reloaded(checkpoint, version).all()).toEqual(expected);
});

it("a chain never has more than ten deltas: then it is a snapshot", () => {
  const host = new SimHost();
  const { counts, store } = opened(host);
  store.load({ version: 0, chains: [] });
  for (let batch = 0; batch < 50; batch++) {
    counts.add(`k${batch % 3}`, 1);
    const { chains } = store.commit(batch);
    for (const { files } of chains) {
      expect(files.filter((file) => file.name.endsWith(".delta")).length).toBeLessThanOrEqual(10);
      expect(files.slice(1).every((file) => file.name.endsWith(".delta"))).toBe(true);
    }
  }
});

it("operators with hostile names keep their state within the checkpoint", () => {
  const host = new SimHost();
  const checkpoint = Checkpoint.open(host, "/home/q", { queryName: "q", sources: [], statePartitions: 1 }, { warn: () => {} });
  const operators = ["../../up", "a/b", "", ".", "CON", "x".repeat(400), "ü%2F", "__proto__"].map((name) => new Counts(name, checkpoint.codec));
  const store = checkpoint.stateStore(operators);
  store.load({ version: 0, chains: [] });
  for (const operator of operators) operator.add("k", 1);
  const version = store.commit(0);
  expect(host.fs.files("/").every((path) => path.startsWith("/home/q/"))).toBe(true);
  expect(host.fs.files("/home/q/state").every((path) => path.split("/").length === 7)).toBe(true);
  store.load(version);
  expect(operators.map((operator) => operator.all())).toEqual(operators.map(() => ({ k: 1 })));
});
