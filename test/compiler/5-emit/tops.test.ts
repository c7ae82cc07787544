import { expect, it } from "vitest";
import { emitJob } from "../../../compiler/emit.ts";
import { compileText } from "../../support/load-job.ts";

function emitted(steps: string): string {
  const text = `source bids: { auction: long, bidder: long, price: int } from queue() sink out = bids |> ${steps} into memory() mode update`;
  return emitJob(compileText(text, { optimize: true }), { runtimeSpecifier: (entry) => entry, userSpecifier: (specifier) => specifier }).find(({ name }) => name === "job.ts")?.text ?? "";
}

it("looks the key of a row up once", () => {
  expect(emitted("top 2 by price desc per auction")).toMatch(/const key = \[auction\];\s+if \(!outTop\.admits\(key, \{ price \}\)\) continue;\s+outTop\.add\(key, \{ auction, bidder: columns\.bidder\.get\(row\), price \}\);/);
});

it("writes the rows of a result whose places tell them apart as they come and go", () => {
  expect(emitted("top 1 by price desc per auction")).toMatch(/for \(const \{ kind, row \} of outTop\.upserts\(\)\) \{\s+context\.output\.write\(kind, row\);/);
  expect(emitted("top 3 as place by price desc per auction")).toMatch(/for \(const \{ kind, row, rank \} of outTop\.upserts\(\)\) \{\s+context\.output\.write\(kind, \{.*place: rank \}\);/);
});

it("gives the changes of any other to the output, which finds out what they come to", () => {
  const changes = /for \(const \{ row(, rank)?, weight \} of outTop\.shown\(\)\) \{\s+context\.output\.change\(weight, /;
  expect(emitted("top 2 by price desc per auction")).toMatch(changes);
  expect(emitted("top 2 with ties as place by price desc per auction")).toMatch(changes);
  expect(emitted("top 1 by price desc per auction % 10")).toMatch(changes);
  expect(emitted("top 1 by price desc per auction |> select bidder, price")).toMatch(changes);
});

it("takes a declared window as a key, and closes by its end", () => {
  const head = "source bids: { price: int, at: timestamp } from queue() window tens = tumbling(at, 10 minutes)";
  const text = `${head} sink out = bids |> watermark at delay 1 minute late drop |> top 1 by price desc per tens into memory()`;
  const module = emitJob(compileText(text, { optimize: true }), { runtimeSpecifier: (entry) => entry, userSpecifier: (specifier) => specifier }).find(({ name }) => name === "job.ts")?.text ?? "";
  expect(module).toMatch(/per: \{ \w+: "timestamp", (\w+): "timestamp" \},[\s\S]*closing: \{ key: "\1" \},/);
});
