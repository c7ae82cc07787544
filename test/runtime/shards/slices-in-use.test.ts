import { expect, it } from "vitest";
import { slicesInUse, switchSlices, useSlices } from "../../../runtime/shards/slices-in-use.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";

const refused = expect.objectContaining({ code: "R7805" }) as Error;

it("notes the number of shards at the first start, and refuses another", () => {
  const host = new SimHost();
  useSlices(host, "checkpoints/out", { index: 1, count: 3 });
  useSlices(host, "checkpoints/out", { index: 0, count: 3 });
  expect(slicesInUse(host.afterCrash(), "checkpoints/out")).toBe(3);
  const next = new SimHost();
  useSlices(next, "checkpoints/out", { index: 1, count: 3 });
  expect(() => useSlices(next, "checkpoints/out", { index: 1, count: 2 })).toThrow(refused);
  expect(() => useSlices(next, "checkpoints/out", undefined)).toThrow(refused);
});

it("leaves no trace of a checkpoint that was never divided, and does not let a shard begin beside it", () => {
  const host = new SimHost();
  useSlices(host, "checkpoints/out", undefined);
  expect(host.fs.list("checkpoints")).toBeUndefined();
  host.fs.put("checkpoints/out/metadata", "…");
  useSlices(host, "checkpoints/out", undefined);
  expect(() => useSlices(host, "checkpoints/out", { index: 0, count: 2 })).toThrow(refused);
});

it("switches at once", () => {
  const host = new SimHost();
  useSlices(host, "checkpoints/out", { index: 0, count: 2 });
  switchSlices(host, "checkpoints/out", 1);
  useSlices(host, "checkpoints/out", undefined);
  expect(() => useSlices(host, "checkpoints/out", { index: 0, count: 2 })).toThrow("is that of one process, and is opened by 2 shards");
});

it("does not guess what a file says that was changed", () => {
  const host = new SimHost();
  host.fs.put("checkpoints/out.shards", "3");
  expect(() => useSlices(host, "checkpoints/out", undefined)).toThrow(expect.objectContaining({ code: "R7806" }) as Error);
});
