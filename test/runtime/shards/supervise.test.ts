import { expect, it } from "vitest";
import { supervise } from "../../../runtime/shards/supervise.ts";
import type { SimChild } from "../../../runtime/testing/sim-child.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";

function supervised(count = 3): { readonly host: SimHost; readonly code: Promise<number>; child(index: number): SimChild } {
  const host = new SimHost({ arguments: ["run", "job.sluice", "--shards", String(count), "--port", "9000"] });
  const code = supervise(host, count);
  return {
    host,
    code,
    /** The newest process of a shard. */
    child: (index) => {
      const found = host.children.findLast((each) => each.arguments.includes(`${index}/${count}`));
      if (found === undefined) throw new Error(`shard ${index} was not started`);
      return found;
    },
  };
}

it("starts a process for each shard, with a port of its own, and ends when all have ended", async () => {
  const { host, code, child } = supervised();
  expect(host.children.map((each) => each.arguments.join(" "))).toEqual([0, 1, 2].map((index) => `run job.sluice --shard ${index}/3 --port ${9000 + index}`));
  for (const index of [2, 0, 1]) child(index).end({ code: 0 });
  expect(await code).toBe(0);
  expect(host.stderr).toBe("");
});

it("says whose each line of the shards is, and mixes none", async () => {
  const { host, code, child } = supervised(2);
  child(0).writeStderr("one\ntw");
  child(1).writeStderr("three\n");
  child(0).writeStderr("o\nfour");
  for (const index of [0, 1]) child(index).end({ code: 0 });
  await code;
  expect(host.stderr).toBe("shard 0/2: one\nshard 1/2: three\nshard 0/2: two\nshard 0/2: four\n");
});

it("starts a shard again that dies or fails, after pauses that grow, and that begin anew after a quiet minute", async () => {
  const { host, code, child } = supervised(2);
  const pauses = [0.5, 1, 2, 4, 8, 16, 30, 30];
  for (const [times, pause] of pauses.entries()) {
    child(1).end(times % 2 === 0 ? { code: 3 } : { code: null, problem: "it was ended by SIGKILL" });
    await host.clock.advance(pause * 1000 - 1);
    expect(host.children).toHaveLength(times + 2);
    await host.clock.advance(1);
    expect(host.children).toHaveLength(times + 3);
  }
  await host.clock.advance(60_000);
  child(1).end({ code: 134 });
  await host.clock.advance(500);
  expect(host.children).toHaveLength(pauses.length + 3);
  expect(host.stderr.split("\n").slice(0, 2)).toEqual(["shard 1/2: a query has failed; it is started again in 0.5 s", "shard 1/2: it was ended by SIGKILL; it is started again in 1 s"]);
  for (const index of [0, 1]) child(index).end({ code: 0 });
  expect(await code).toBe(0);
});

it("ends all where one has met a mistake of the user, with its code", async () => {
  const { host, code, child } = supervised();
  child(0).end({ code: 3 });
  child(2).end({ code: 1 });
  await host.clock.advance(0);
  expect(child(1).signals).toEqual(["SIGTERM"]);
  child(1).end({ code: 0 });
  expect(await code).toBe(1);
  expect(host.children).toHaveLength(3);
});

it("hands signals on, and waits for all", async () => {
  const { host, code, child } = supervised(2);
  host.signal("SIGINT");
  host.signal("SIGTERM");
  expect([child(0).signals, child(1).signals]).toEqual([["SIGINT", "SIGTERM"], ["SIGINT", "SIGTERM"]]);
  child(0).end({ code: 0 });
  child(1).end({ code: 3 });
  expect(await code).toBe(3);
  expect(host.children).toHaveLength(2);
});

it("takes a shard that the signal ends before it listens for one that has stopped", async () => {
  const { host, code, child } = supervised(2);
  host.signal("SIGTERM");
  for (const index of [0, 1]) child(index).end({ code: null, problem: "it was ended by SIGTERM", signal: "SIGTERM" });
  expect(await code).toBe(0);
  const other = supervised(2);
  other.host.signal("SIGTERM");
  other.child(0).end({ code: null, problem: "it was ended by SIGKILL", signal: "SIGKILL" });
  other.child(1).end({ code: 0 });
  expect(await other.code).toBe(3);
});

it("starts none again that keeps no checkpoint: it would begin anew", async () => {
  const host = new SimHost({ arguments: ["run", "job.sluice", "--shards", "2"] });
  const code = supervise(host, 2, { goesOn: false });
  host.children[0]?.end({ code: null, problem: "it was ended by SIGKILL" });
  await host.clock.advance(60_000);
  expect(host.stderr).toBe("shard 0/2: it was ended by SIGKILL; without a checkpoint it would begin anew, so all shards end\n");
  expect(host.children[1]?.signals).toEqual(["SIGTERM"]);
  host.children[1]?.end({ code: 0 });
  expect(await code).toBe(3);
  expect(host.children).toHaveLength(2);
});
