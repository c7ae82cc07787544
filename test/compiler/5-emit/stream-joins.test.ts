import { expect, it } from "vitest";
import { emitJob } from "../../../compiler/emit.ts";
import { compileText } from "../../support/load-job.ts";

function emitted(text: string): string {
  const streams = `
    source auctions: { id: long, seller: string?, opened: timestamp, expires: timestamp, reserve: int } from queue()
    source bids: { auction: long?, price: int, at: timestamp? } from queue()
  `;
  return emitJob(compileText(streams + text, { optimize: true }), { runtimeSpecifier: (entry) => entry, userSpecifier: (specifier) => specifier }).find(({ name }) => name === "job.ts")?.text ?? "";
}

const drop = "stream A = auctions |> watermark opened delay 2 minutes late drop stream B = bids |> watermark at delay 1 minute late drop";
const on = "on A.id = B.auction and B.at between A.opened - 1 minute and A.expires";

it("says what is kept of each side and for how long", () => {
  const text = emitted(`${drop} sink out = A |> join left B ${on} |> select id, price into memory()`);
  expect(text).toContain('kind: "left",\n      key: { id: "long" },');
  expect(text).toContain('columns: { id: "long", opened: "timestamp", expires: "timestamp" },\n        keeps: { time: (row) => row.expires, offset: milliseconds(-1) },');
  expect(text).toContain('columns: { price: "int", at: "timestamp?" },\n        keeps: { time: (row) => row.at, offset: minutes(-1) - milliseconds(1) },');
});

it("leaves out late rows, then puts the others into their side", () => {
  const text = emitted(`${drop} sink out = A |> join left B ${on} and A.reserve > 5 |> select id, price into memory()`);
  expect(text).toMatch(/if \(outJoin\.isLate\(opened\)\) continue;\s+outJoin\.addLeft\(\[id\], \{ id, opened, expires: columns\.expires\[row\] \}, columns\.reserve\[row\] > 5\);/);
});

it("reads a side that may be missing as nulls, and one that may not as it is", () => {
  const out = (kind: string, select: string): string => emitted(`${drop} sink out = A |> join ${kind} B ${on} |> select ${select} into memory()`);
  expect(out("left", "id, price")).toContain("context.output.insert({ id: left.id, price: right === null ? null : right.price });");
  expect(out("right", "id, price")).toContain("context.output.insert({ id: left === null ? null : left.id, price: right.price });");
  expect(out("inner", "id, price")).toContain("context.output.insert({ id: left.id, price: right.price });");
  expect(out("anti", "id")).toContain("for (const { left } of outJoin.take()) {");
});

it("sends late rows of each side, with their own columns, where its watermark says", () => {
  const text = emitted(`
    stream A = auctions |> watermark opened delay 2 minutes late into lost
    stream B = bids |> watermark at delay 1 minute late into lost
    sink out = A |> join B ${on} |> select id, A.opened as opened |> dedup by opened |> select opened into memory()
    sink lost into memory()
  `);
  expect(text).toMatch(/if \(outJoin\.isLate\(opened\)\) \{\s+lostRows\.insert\(\{[^}]*late_by: context\.lateBy\(opened\),\s+step: "out\/join",/);
  expect(text).toMatch(/if \(outJoin\.isLate\(at\)\) \{\s+lostRows\.insert\(\{[^}]*price: columns\.price\[row\]/);
});

it("counts what is read once for each use of a stream", () => {
  const text = emitted(`${drop} sink out = A as X |> join A as Y on X.seller = Y.seller and X.opened = Y.opened |> select X.id as x, Y.id as y into memory()`);
  expect(text).toContain("uses: 2,");
  expect(text).toMatch(/process\(batch: ColumnBatch<AuctionsColumns>\) \{\s+processAuctionsForLeft\(batch\);\s+processAuctionsForRight\(batch\);/);
});

it("writes columns of both sides from the bytes that these are kept as, where nothing else is done with them", () => {
  const named = emitted("sink out = auctions as A |> join bids as B on A.id = B.auction unbounded |> select id, price, A.seller as who into memory()");
  expect(named).not.toContain("selecting");
  const texts = `source notes: { id: long?, note: string } from queue()
    source names: { id: long?, name: string } from queue()`;
  const written = emitted(`${texts} sink out = notes as N |> join names as M on N.id = M.id unbounded |> select M.name as name, note, N.id as id into memory()`);
  expect(written).toContain('const joinedOut = outJoin.selecting({ name: "right.name", note: "left.note", id: "left.id" });');
  expect(written).toMatch(/for \(const row of joinedOut\.take\(\)\) \{\s+context\.output\.insert\(row\);/);
  expect(written).toContain("if (writePacked(row, out)) return;");
  const computed = emitted(`${texts} sink out = notes as N |> join names as M on N.id = M.id unbounded |> select upper(name) as name, note into memory()`);
  expect(computed).toContain("packed: true");
  expect(computed).not.toContain("selecting");
});
