import type { Auction, Bid, Events, Person } from "../../examples/nexmark/generator.ts";

const at = (time: string): string => `2024-05-12T${time}Z`;

const person = (id: number, name: string, time: string): Person => ({ id, name, emailAddress: "", creditCard: "", city: "Bend", state: "OR", dateTime: at(time), extra: "" });

const auction = (id: number, seller: number, from: string, to: string, category: number = 10): Auction => ({
  id,
  itemName: `item ${id}`,
  description: "",
  initialBid: 1,
  reserve: 2,
  dateTime: at(from),
  expires: at(to),
  seller,
  category,
  extra: "",
});

const bid = (auctionId: number, bidder: number, price: number, time: string, more: Partial<Bid> = {}): Bid => ({
  auction: auctionId,
  bidder,
  price,
  channel: "Apple",
  url: "https://auctions.example/a/b/c/item.htm?query=1",
  dateTime: at(time),
  extra: "",
  ...more,
});

/** The seconds in which one seller opens an auction each: more of them than the last eleven. */
const thirteen = Array.from({ length: 13 }, (_, number) => String(number + 10));

/**
 * The places where a query is easily written wrong, one after the other: bids at both ends of an auction and just beside them, equal prices and times, bids at a window's
 * end, a session's gap to the millisecond, limits of prices and of the time of day, and addresses with parts missing.
 */
export const edges: Events = {
  person: [person(1, "seller", "05:59:59.000"), person(2, "of the same window", "06:00:00.000"), person(3, "of the window before", "06:59:59.999"), person(4, "of many", "09:00:00.000")],
  auction: [
    auction(123, 1, "06:00:00.000", "06:00:05.000"),
    auction(124, 2, "06:00:09.999", "06:00:09.999", 11),
    auction(125, 3, "07:00:00.000", "07:00:30.000", 11),
    ...thirteen.map((second) => auction(200 + Number(second), 4, `09:00:${second}.000`, `09:00:${second}.500`, 12)),
    auction(300, 4, "20:00:00.000", "20:00:10.000"),
  ],
  bid: [
    // Before it opens, as it opens, as it expires, and after.
    bid(123, 11, 9000, "05:59:59.999"),
    bid(123, 12, 100, "06:00:00.000"),
    bid(123, 13, 700, "06:00:05.000"),
    bid(123, 14, 800, "06:00:05.001"),
    // An auction that is open for one moment.
    bid(124, 12, 50, "06:00:09.999"),
    // The highest price of a window in both windows' ends: 06:00:00 to :10 and, at its first moment, the next.
    bid(124, 13, 9100, "06:00:09.998"),
    bid(124, 14, 9100, "06:00:10.000"),
    bid(125, 14, 9100, "06:00:20.000"),
    // Of equal prices the first wins; of equal prices and times there is one row all the same.
    bid(125, 20, 10_000, "07:00:03.000", { extra: "later" }),
    bid(125, 22, 10_000, "07:00:02.000", { extra: "first" }),
    bid(125, 21, 10_000, "07:00:02.000", { extra: "as early" }),
    bid(125, 21, 9999, "07:00:03.000", { extra: "less" }),
    // A gap of ten seconds joins, and one that is longer parts.
    bid(125, 31, 999_999, "08:00:00.000", { channel: "x", url: "channel_id=7" }),
    bid(125, 31, 1_000_000, "08:00:10.000", { channel: "x", url: "a&channel_id=&b" }),
    bid(125, 31, 1_101_321, "08:00:20.001", { channel: "x", url: "a?channel_id=9" }),
    bid(125, 31, 1_101_322, "08:00:50.000", { channel: "GOOGLE", url: "" }),
    // The second bid of each is too low to win.
    ...thirteen.flatMap((second) => [bid(200 + Number(second), 41, 1_000_000 + Number(second) ** 3, `09:00:${second}.250`), bid(200 + Number(second), 42, 3, `09:00:${second}.250`)]),
    bid(300, 51, 20_000_000, "18:59:59.999", { url: "https://auctions.example" }),
    bid(300, 51, 20_000_000, "19:00:00.000", { url: "https://auctions.example/" }),
    bid(300, 51, 20_000_000, "19:59:59.999", { url: "https://auctions.example//b" }),
    bid(300, 51, 20_000_000, "20:00:00.000", { extra: "cac" }),
    bid(300, 52, 60_000_000, "20:00:10.000"),
    { ...bid(300, 51, 20_000_000, "00:00:00.000"), dateTime: "2024-05-13T00:00:00.000Z" },
    { ...bid(300, 51, 20_000_000, "00:00:00.000"), dateTime: "2024-05-13T06:59:59.999Z" },
  ],
};
