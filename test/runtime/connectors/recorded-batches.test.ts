import { expect, test } from "vitest";
import { RecordedBatches } from "../../../runtime/connectors/recorded-batches.ts";
import { VolatileLog } from "../../../runtime/connectors/volatile-log.ts";
import { textOf } from "./support.ts";

const lines = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a batch whose entry is taken gets the next one: what offsets may hold is never written again", async () => {
  const log = new VolatileLog();
  const first = new RecordedBatches(log, "source rows");
  expect(first.record(0, "rows", lines("a\n"))).toBe(0);
  expect(first.record(1, "rows", lines("b\n"))).toBe(1);
  const next = new RecordedBatches(log, "source rows");
  expect(next.newest).toBe(1);
  expect(next.record(1, "rows", lines("c\n"))).toBe(2);
  expect(await textOf(next.read(-1, 1))).toBe("a\nb\n");
  expect(await textOf(next.read(1, 2))).toBe("c\n");
});
