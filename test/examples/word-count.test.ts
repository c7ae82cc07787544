import { expect, it } from "vitest";
import { words } from "../../examples/word-count/words.ts";
import { testJob } from "../../runtime/testing/index.ts";
import { generatedJob } from "../support/generated-job.ts";

const job = await generatedJob("word-count");

it("finds the words of a line", () => {
  expect(words({ value: "  Don't PANIC: 42 – don’t, Größe!" }).map(({ word }) => word)).toEqual(["don't", "panic", "42", "don’t", "größe"]);
  expect(words({ value: "…" })).toEqual([]);
});

it("gives the words whose counts have changed, and goes on counting after a crash", async () => {
  const kit = testJob(job);
  kit.add("lines", ["to be or not to be", ""]);
  await kit.step();
  kit.crashAt("sinks.prepared");
  kit.add("lines", ["Be quick."]);
  await kit.step();
  const [again] = await kit.restart();
  expect(again).toMatchObject({ id: 1, attempt: 2, rows: [{ kind: "+U", row: { word: "be", n: 3 } }, { kind: "+I", row: { word: "quick", n: 1 } }] });
  expect(kit.rows("counts")).toEqual([{ word: "to", n: 2 }, { word: "be", n: 3 }, { word: "or", n: 1 }, { word: "not", n: 1 }, { word: "quick", n: 1 }]);
  await kit.stop();
});

it("reads its socket: what a batch has taken is counted once, although the process dies", async () => {
  const kit = testJob(job, { ownConnectors: ["lines"], params: { host: "words.example", port: "7777" } });
  const server = kit.host.net.listen("words.example", 7777);
  await kit.step();
  server.send("one two\ntwo th");
  await kit.advanceTime("1 second");
  expect(kit.rows("counts")).toEqual([{ word: "one", n: 1 }, { word: "two", n: 1 }]);
  kit.crashAt("state-delta.synced");
  server.send("ree\n");
  await kit.advanceTime("1 second");
  expect(kit.crashed).toBe(true);
  await kit.restart({ loss: "kill" });
  await kit.advanceTime("1 second");
  expect(kit.rows("counts")).toEqual([{ word: "one", n: 1 }, { word: "two", n: 2 }, { word: "three", n: 1 }]);
  await kit.stop();
});
