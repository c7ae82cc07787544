import type { Bids } from "./bids.ts";
import type { PlainBid } from "./plain-loop.ts";

/** The same bids as CSV, without a header: seven plain fields a line. */
export function csvOf(bids: Bids): Bids {
  const chunks = bids.chunks.map((chunk) => {
    const text = chunk.toString("latin1").split("\n").filter((line) => line !== "").map(csvLine).join("");
    // With the room behind it that a file's buffer has.
    const bytes = Buffer.alloc(text.length + 64);
    bytes.write(text, "latin1");
    return bytes.subarray(0, text.length);
  });
  return { chunks, rows: bids.rows };
}

function csvLine(line: string): string {
  const { auction, bidder, price, channel, url, dateTime, extra } = JSON.parse(line) as PlainBid;
  return `${[auction, bidder, price, channel, url, dateTime, extra].join(",")}\n`;
}

/** The program that one would write without Sluice: lines, `split(",")`, a function for each object. */
export function eachCsvBid(bids: Bids, use: (bid: PlainBid) => void): void {
  for (const chunk of bids.chunks) {
    for (let at = 0; at < chunk.length; ) {
      const end = chunk.indexOf(10, at);
      const [auction = "", bidder = "", price = "", channel = "", url = "", dateTime = "", extra = ""] = chunk.toString("utf8", at, end).split(",");
      use({ auction: Number(auction), bidder: Number(bidder), price: Number(price), channel, url, dateTime, extra });
      at = end + 1;
    }
  }
}
