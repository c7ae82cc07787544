import { expect, it } from "vitest";
import { checkSlices, slicesInUse, switchSlices, useSlices } from "../../../runtime/shards/slices-in-use.ts";
import { placeInFolder } from "../../../runtime/shards/checkpoint-place.ts";
import type { Shard } from "../../../runtime/query/shard.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";

const refused = expect.objectContaining({ code: "R7805" }) as Error;
const place = placeInFolder("checkpoints", "out");
const use = (host: SimHost, shard: Shard | undefined): void => useSlices(host, place, { reads: {} }, shard);

it("notes the number of shards at the first start, and refuses another where one has begun", () => {
  const host = new SimHost();
  use(host, { index: 1, count: 3 });
  use(host, { index: 0, count: 3 });
  expect(slicesInUse(host.afterCrash(), "checkpoints/out")).toBe(3);
  const next = new SimHost();
  use(next, { index: 1, count: 3 });
  next.fs.put("checkpoints/shard-2-of-3/out/offsets/0", "…");
  expect(() => use(next, { index: 1, count: 2 })).toThrow(refused);
  expect(() => use(next, undefined)).toThrow(refused);
  expect(() => checkSlices(next, place, undefined)).toThrow(refused);
});

it("leaves no trace of a checkpoint that was never divided, and does not let a shard begin beside it", () => {
  const host = new SimHost();
  use(host, undefined);
  expect(host.fs.list("checkpoints")).toBeUndefined();
  host.fs.put("checkpoints/out/metadata", "…");
  host.fs.put("checkpoints/out/offsets/0", "…");
  use(host, undefined);
  expect(() => use(host, { index: 0, count: 2 })).toThrow(refused);
});

it("switches at once", () => {
  const host = new SimHost();
  use(host, { index: 0, count: 2 });
  switchSlices(host, "checkpoints/out", 1);
  host.fs.put("checkpoints/out/offsets/0", "…");
  use(host, undefined);
  expect(() => use(host, { index: 0, count: 2 })).toThrow("is that of one process, and is opened by 2 shards");
});

it("takes another number while no slice is held, and takes it back where one was opened in the meantime", () => {
  const host = new SimHost();
  const unread = (shard: Shard | undefined): void => useSlices(host, place, { reads: { clicks: { input: "clicks", bounded: false } as never } }, shard);
  unread({ index: 0, count: 3 });
  unread({ index: 0, count: 2 });
  expect(slicesInUse(host, place.whole)).toBe(2);
  checkSlices(host, place, { index: 0, count: 2 });
  const lock = `${host.process.pid}\n${host.process.identify(host.process.pid) ?? ""}\nother\n`;
  const rename = host.fs.rename.bind(host.fs);
  host.fs.rename = (from, to) => {
    rename(from, to);
    host.fs.put("checkpoints/shard-1-of-2/out/lock", lock);
  };
  expect(() => unread(undefined)).toThrow(refused);
  expect(slicesInUse(host, place.whole)).toBe(2);
  expect(() => unread(undefined)).toThrow(refused);
  host.fs.rename = rename;
  host.fs.removeTree("checkpoints/shard-1-of-2/out/lock");
  unread(undefined);
  expect(slicesInUse(host, place.whole)).toBe(1);
});

it("does not guess what a file says that was changed", () => {
  const host = new SimHost();
  host.fs.put("checkpoints/out.shards", "3");
  expect(() => use(host, undefined)).toThrow(expect.objectContaining({ code: "R7806" }) as Error);
});
