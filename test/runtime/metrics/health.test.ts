import { expect, it } from "vitest";
import { Health } from "../../../runtime/metrics/health.ts";
import { StreamingQuery } from "../../../runtime/query/streaming-query.ts";
import { SimClock } from "../../../runtime/testing/sim-clock.ts";

const nothing = { stop: () => {}, interrupt: () => {}, processAllAvailable: () => Promise.resolve(false) };

function query(clock: SimClock): StreamingQuery {
  return new StreamingQuery({ id: "i", runId: "r", name: "q", plan: "" }, nothing, clock, () => Promise.reject(new Error("no SQL")));
}

it("calls a query stalled whose batch goes on for longer than is allowed, and not one that waits", async () => {
  const clock = new SimClock(0, false);
  const health = new Health(clock, 1000);
  const q = query(clock);
  expect(health.of(q).state).toBe("waiting");
  health.noteStatus("q", true);
  await clock.advance(900);
  expect(health.of(q)).toMatchObject({ state: "running", since: "1970-01-01T00:00:00.000Z" });
  health.noteBatch("q");
  await clock.advance(900);
  health.noteStatus("q", true);
  expect(health.of(q).state).toBe("running");
  await clock.advance(200);
  expect(health.of(q).state).toBe("stalled");
  health.noteStatus("q", false);
  await clock.advance(10_000);
  expect(health.of(q).state).toBe("waiting");
});

it("tells a failure from an end", async () => {
  const clock = new SimClock(0, false);
  const [failed, ended] = [query(clock), query(clock)];
  failed.follow(Promise.reject(new Error("broken")), () => {});
  ended.follow(Promise.resolve(), () => {});
  await Promise.allSettled([failed.awaitTermination(), ended.awaitTermination()]);
  const health = new Health(clock, 1000);
  expect(health.of(failed)).toMatchObject({ state: "failed", error: "broken" });
  expect(health.of(ended).state).toBe("ended");
});
