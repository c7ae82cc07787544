import { expect, it } from "vitest";
import { emitJob } from "../../../compiler/emit.ts";
import { compileText } from "../../support/load-job.ts";

function emitted(text: string): string {
  const streams = `
    source auctions: { id: long, seller: string, opened: timestamp, tags: string[] } from queue()
    source bids: { auction: long, bidder: string?, url: string, price: int, at: timestamp, tags: string[] } from queue()
  `;
  return emitJob(compileText(streams + text, { optimize: true }), { runtimeSpecifier: (entry) => entry, userSpecifier: (specifier) => specifier }).find(({ name }) => name === "job.ts")?.text ?? "";
}

it("reads a text that is kept from batch to batch into memory of its own", () => {
  const text = emitted("sink out = auctions as A |> join bids as B on A.id = B.auction unbounded |> select A.seller, A.tags as own, B.bidder as who, B.tags as others, price into memory()");
  expect(text).toContain("seller: columns.seller.ownText(row)");
  expect(text).toContain("bidder: columns.bidder.ownText(row)");
});

it("gives a computed text that is kept memory of its own", () => {
  const text = emitted("sink out = bids |> select auction, substring(url, 9, 20) as path, price |> top 2 by price desc per auction into memory() mode update");
  expect(text).toMatch(/path: detachText\(.*columns\.url\.text\(row\)/);
});

it("follows a text through its names", () => {
  const text = emitted("sink out = bids |> select auction, url as page, price |> top 2 by price desc per auction into memory() mode update");
  expect(text).toContain("columns.url.ownText(row)");
  expect(text).not.toContain("detachText");
});

it("reads a text that lives no longer than its batch where it lies", () => {
  const text = emitted("sink out = bids |> where price > 3 |> select bidder, url into memory()");
  expect(text).toContain("columns.url.text(row)");
  expect(text).not.toContain("ownText");
});
