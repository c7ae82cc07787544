import { expect, it } from "vitest";
import { fixedPoint, once, runBatches } from "../../../compiler/3-optimize/rule-executor.ts";
import type { RuleEvent } from "../../../compiler/3-optimize/rule-executor.ts";
import type { Rule } from "../../../compiler/3-optimize/rule.ts";

/** Plans are texts here: the executor asks nothing of them but identity. */
function replace(name: string, from: string, to: string): Rule<string> {
  return { name, apply: (plan) => plan.replace(from, to) };
}

const sound = (): undefined => undefined;

it("runs a batch to its fixed point", () => {
  expect(runBatches("aaa", [{ name: "b", strategy: fixedPoint(), rules: [replace("a-to-b", "a", "b")] }], sound)).toBe("bbb");
});

it("runs a batch once", () => {
  expect(runBatches("aaa", [{ name: "b", strategy: once, rules: [replace("a-to-b", "a", "b")] }], sound)).toBe("baa");
});

it("runs batches and rules in their order", () => {
  const batches = [
    { name: "first", strategy: fixedPoint(), rules: [replace("a-to-b", "a", "b"), replace("b-to-c", "b", "c")] },
    { name: "second", strategy: once, rules: [replace("c-to-d", "cc", "d")] },
  ];
  const events: string[] = [];
  expect(runBatches("aa", batches, sound, ({ batch, iteration, rule }) => events.push(`${batch} ${iteration} ${rule}`))).toBe("d");
  expect(events).toEqual(["first 1 a-to-b", "first 1 b-to-c", "first 2 a-to-b", "first 2 b-to-c", "second 1 c-to-d"]);
});

it("reports only effective rules, with the plans before and after", () => {
  const events: RuleEvent<string>[] = [];
  runBatches("ab", [{ name: "b", strategy: fixedPoint(), rules: [replace("x-to-y", "x", "y"), replace("a-to-c", "a", "c")] }], sound, (event) => events.push(event));
  expect(events).toEqual([{ batch: "b", iteration: 1, rule: "a-to-c", before: "ab", after: "cb" }]);
});

it("names the rule and the batch that broke the plan", () => {
  const run = (): string => runBatches("ab", [{ name: "breaking", strategy: once, rules: [replace("lose-a", "a", "")] }], (before, after) => `${before} became ${after}`);
  expect(run).toThrow("the rule lose-a of the batch breaking broke the plan: ab became b");
});

it("does not report a rule that broke the plan", () => {
  const events: unknown[] = [];
  const run = (): string => runBatches("ab", [{ name: "b", strategy: once, rules: [replace("lose-a", "a", "")] }], () => "broken", (event) => events.push(event));
  expect(run).toThrow();
  expect(events).toEqual([]);
});

it("throws with the batch's name where a fixed point is not reached", () => {
  const turning = { name: "turning", strategy: fixedPoint(10), rules: [replace("a-to-b", "a", "b"), replace("b-to-a", "b", "a")] };
  // Each pass changes nothing on the whole: the plan comes back to an equal text, and identity is that of values here.
  expect(runBatches("a", [turning], sound)).toBe("a");
  const growing = { name: "growing", strategy: fixedPoint(10), rules: [replace("a-to-aa", "a", "aa")] };
  expect(() => runBatches("a", [growing], sound)).toThrow("the batch growing did not come to rest in 10 passes");
});
