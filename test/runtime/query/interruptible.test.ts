import { expect, it } from "vitest";
import { interruptible } from "../../../runtime/query/interruptible.ts";

it("gives what a promise gives, and what it is rejected with", async () => {
  const { signal } = new AbortController();
  expect(await interruptible(Promise.resolve(1), signal)).toBe(1);
  await expect(interruptible(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
});

it("ends with the reason of an interruption, where a promise never answers, and where it came before", async () => {
  const control = new AbortController();
  const waiting = interruptible(new Promise(() => {}), control.signal);
  control.abort(new Error("interrupted"));
  await expect(waiting).rejects.toThrow("interrupted");
  await expect(interruptible(Promise.resolve(1), control.signal)).rejects.toThrow("interrupted");
});
