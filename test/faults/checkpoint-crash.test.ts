import { expect, it } from "vitest";
import { faultPoints } from "../../runtime/host/fault-points.ts";
import { SimulatedCrash } from "../../runtime/errors/simulated-crash.ts";
import { SluiceRuntimeError } from "../../runtime/errors/runtime-error.ts";
import { SeededRandom } from "../../runtime/testing/seeded-random.ts";
import { SimHost } from "../../runtime/testing/sim-host.ts";
import type { SimOperation } from "../../runtime/testing/sim-file-system.ts";
import { expectedOf, runToy, toyRecords } from "./toy-query.ts";

const records = toyRecords(60);
const options = { directory: "/home/toy", records };
const expected = expectedOf(records);

function crashes(host: SimHost): boolean {
  try {
    runToy(host, options);
    return false;
  } catch (error) {
    if (error instanceof SimulatedCrash) return true;
    throw error;
  }
}

function reachedBy(host: SimHost): readonly { readonly point: string; readonly occurrence: number }[] {
  const seen = new Map<string, number>();
  return host.reached.map((point) => {
    const occurrence = (seen.get(point) ?? 0) + 1;
    seen.set(point, occurrence);
    return { point, occurrence };
  });
}

function undisturbed(): SimHost {
  const host = new SimHost();
  expect(runToy(host, options)).toEqual(expected);
  return host;
}

const checkpointPoints = faultPoints.filter((point) => !/^(sink|batch|capture|kafka|source-file|shards|reshard)/.test(point));

it("an undisturbed run reaches every fault point of the checkpoint", () => {
  const host = undisturbed();
  expect(checkpointPoints.filter((point) => !host.reached.includes(point))).toEqual([]);
});

it("the same seed gives the same run", () => {
  expect(undisturbed().reached).toEqual(undisturbed().reached);
});

it.each([["power loss", 1], ["kill", 3]] as const)("a crash at any moment (%s), and a restart, give what an undisturbed run gives", (loss, every) => {
  const moments = reachedBy(undisturbed());
  expect(moments.length).toBeGreaterThan(400);
  for (const { point, occurrence } of moments.filter((_, at) => at % every === 0)) {
    const first = new SimHost();
    first.crashAt(point, occurrence);
    expect(crashes(first), `${point} ${occurrence}`).toBe(true);
    expect(runToy(first.afterCrash(loss), options), `${point} ${occurrence}`).toEqual(expected);
  }
});

it("several crashes, also during recovery, lose and double nothing", () => {
  const moments = undisturbed().reached.length;
  for (let seed = 1; seed <= 150; seed++) {
    const random = new SeededRandom(seed);
    let host = new SimHost({ seed });
    for (let crash = 0; crash < 4; crash++) {
      host.crashAt(checkpointPoints[random.below(checkpointPoints.length)] ?? "", 1 + random.below(1 + random.below(moments / 20)));
      crashes(host);
      host = host.afterCrash(random.below(2) === 0 ? "kill" : "power loss");
    }
    expect(runToy(host, options), `seed ${seed}`).toEqual(expected);
  }
});

it.each<[SimOperation, string]>([["write", "ENOSPC"], ["sync", "EIO"], ["syncDirectory", "EIO"], ["open", "EMFILE"], ["renameWithoutReplace", "EROFS"], ["rename", "EIO"], ["readFile", "EIO"], ["list", "EACCES"], ["makeDirectory", "ENOSPC"]])(
  "a failing %s (%s) stops the query with a coded error, and a restart goes on",
  (operation, code) => {
    for (let nth = 1; nth <= 40; nth++) {
      const host = new SimHost({ seed: nth });
      host.fs.failAt(operation, nth, code, "checkpoint");
      let failed: unknown;
      try {
        runToy(host, options);
      } catch (error) {
        failed = error;
      }
      if (failed === undefined) break;
      expect(failed, `${operation} ${nth}`).toBeInstanceOf(SluiceRuntimeError);
      expect(failed).toHaveProperty("message", expect.stringContaining(code));
      expect(runToy(host.afterCrash(), options), `${operation} ${nth}`).toEqual(expected);
    }
  },
);
