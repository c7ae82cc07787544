import { expect, it } from "vitest";
import { SimulatedCrash } from "../../runtime/errors/simulated-crash.ts";
import { SluiceRuntimeError } from "../../runtime/errors/runtime-error.ts";
import { SimHost } from "../../runtime/testing/sim-host.ts";
import { expectedOf, runToy, toyRecords } from "./toy-query.ts";

const records = toyRecords(60);
const options = { directory: "/home/toy", records };
const expected = expectedOf(records);

const damages: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array | undefined>> = {
  "deleted": () => undefined,
  "emptied": () => new Uint8Array(),
  "cut in half": (bytes) => bytes.slice(0, bytes.length >>> 1),
  "with zeros at the end": (bytes) => bytes.map((byte, at) => (at < bytes.length >>> 1 ? byte : 0)),
  "flipped at the first byte": (bytes) => flipped(bytes, 0),
  "flipped in the header": (bytes) => flipped(bytes, Math.min(30, bytes.length - 1)),
  "flipped in the middle": (bytes) => flipped(bytes, bytes.length >>> 1),
  "flipped at the last byte": (bytes) => flipped(bytes, bytes.length - 1),
  "longer by a byte": (bytes) => Uint8Array.of(...bytes, 0),
};

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 0x10 : byte));
}

/** A machine on which the toy query died (or ended) in the middle of its input. */
function interrupted(point: string | undefined): SimHost {
  const host = new SimHost();
  if (point !== undefined) host.crashAt(point, 7);
  try {
    runToy(host, { ...options, batches: 14 });
  } catch (error) {
    if (!(error instanceof SimulatedCrash)) throw error;
  }
  return host.afterCrash();
}

it.each([
  ["between two batches", undefined],
  ["with offsets written", "offsets.durable"],
  ["while offsets were written", "offsets.half-written"],
  ["in the middle of the state", "state-delta.durable"],
  ["before the commit", "commits.opened"],
])("a checkpoint left %s, with any one file damaged, is refused with a code and the file, or gives what is right", (_name, point) => {
  const outcomes = new Map<string, number>();
  const files = interrupted(point).fs.files("/home/toy/checkpoint").filter((path) => !path.endsWith("/lock"));
  expect(files.length).toBeGreaterThan(15);
  for (const [damage, apply] of Object.entries(damages)) {
    for (const path of files) {
      const host = interrupted(point);
      const bytes = apply(host.fs.readFile(path) ?? new Uint8Array());
      host.fs.remove(path);
      if (bytes !== undefined) host.fs.put(path, bytes);
      try {
        expect(runToy(host, options), `${path} ${damage}`).toEqual(expected);
        outcomes.set("recovered", (outcomes.get("recovered") ?? 0) + 1);
      } catch (error) {
        if (!(error instanceof SluiceRuntimeError)) throw error;
        expect(error.code, `${path} ${damage}`).toMatch(/^R7[45]\d\d$/);
        expect(error.where, `${path} ${damage}`).toContain("/home/toy/checkpoint");
        expect(error.how, `${path} ${damage}: ${error.message}`).toBeDefined();
        outcomes.set(error.code, (outcomes.get(error.code) ?? 0) + 1);
      }
    }
  }
  expect(outcomes.get("recovered")).toBeGreaterThan(0);
  expect(outcomes.size).toBeGreaterThan(4);
});

it("every file of the newest state is needed", () => {
  const host = interrupted(undefined);
  const wanted = /"chains":(\[\[.*?\]\])\}/.exec(host.fs.text(`/home/toy/checkpoint/commits/13`) ?? "")?.[1];
  const chains: unknown = JSON.parse(wanted ?? "[]");
  const names = JSON.stringify(chains).match(/\d+-\d+\.(?:delta|snapshot)/g) ?? [];
  expect(names.length).toBeGreaterThan(2);
  for (const path of host.fs.files("/home/toy/checkpoint/state").filter((file) => names.some((name) => file.endsWith(name)))) {
    const fresh = interrupted(undefined);
    fresh.fs.remove(path);
    expect(() => runToy(fresh, options), path).toThrow(expect.objectContaining({ code: "R7501", where: path }));
  }
});
