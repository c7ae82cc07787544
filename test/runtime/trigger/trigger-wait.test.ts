import { expect, it } from "vitest";
import type { Host } from "../../../runtime/host/host.ts";
import { TriggerWait } from "../../../runtime/trigger/trigger-wait.ts";

/** A host whose timers fire a little before their time by its clock, as those of an operating system may. */
function hasty(early: number): { readonly host: Host; readonly now: () => number; readonly sleeps: readonly number[] } {
  let now = 1_003;
  const sleeps: number[] = [];
  const sleep = (milliseconds: number): Promise<void> => {
    sleeps.push(milliseconds);
    now += Math.max(1, milliseconds - early);
    return Promise.resolve();
  };
  return { host: { clock: { now: () => now }, timers: { sleep } } as unknown as Host, now: () => now, sleeps };
}

it("never ends before its tick, whatever the timer says", async () => {
  const { host, now, sleeps } = hasty(2);
  expect(await new TriggerWait(host).forTick(1_003, 1_000)).toBe(0);
  expect(now()).toBeGreaterThanOrEqual(2_000);
  expect(sleeps.length).toBeGreaterThan(1);
});

it("ends when it is woken", async () => {
  const { host } = hasty(0);
  const wait = new TriggerWait({ ...host, timers: { ...host.timers, sleep: (_milliseconds: number, signal?: AbortSignal) => new Promise<void>((resolve) => signal?.addEventListener("abort", () => { resolve(); })) } });
  const waiting = wait.forTick(1_003, 1_000);
  wait.wakeUp();
  expect(await waiting).toBe(0);
});

it("calls a turn long only where it took longer than the interval, wherever between the ticks it began", async () => {
  const at = (now: number): TriggerWait => new TriggerWait({ ...hasty(0).host, clock: { now: () => now, monotonic: () => now } });
  // From 1,960 over the tick at 2,000 to 2,016.
  expect(await at(2_016).forTick(1_960, 1_000)).toBe(0);
  expect(await at(3_100).forTick(1_960, 1_000)).toBe(1_140);
});
