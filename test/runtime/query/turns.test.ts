import { expect, it } from "vitest";
import { Turns } from "../../../runtime/query/turns.ts";

it("lets one piece of work run at a time, in the order in which they were asked for, also after one that failed", async () => {
  const turns = new Turns();
  const events: string[] = [];
  const work = (name: string, fails = false) => async (): Promise<string> => {
    events.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    events.push(`${name} ends`);
    if (fails) throw new Error(name);
    return name;
  };
  const results = await Promise.allSettled([turns.take(work("a")), turns.take(work("b", true)), turns.take(work("c"))]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(events).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});
