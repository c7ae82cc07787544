import type { NexmarkBatch } from "./nexmark-events.ts";
import { NullFile } from "./null-file.ts";
import { eachRecord, idSum, type PlainAuction, type PlainNexmarkBid, type PlainPerson } from "./plain-nexmark.ts";

const watermarkDelay = 4000;

/** q3: both sides kept for ever, each row looks up the other side. */
export function plainLocalItems(batches: readonly NexmarkBatch[]): NullFile {
  const file = new NullFile();
  const auctions = new Map<number, number[]>();
  const persons = new Map<number, { readonly name: string; readonly city: string; readonly state: string }[]>();
  const states = new Set(["OR", "ID", "CA"]);
  const write = (name: string, city: string, state: string, id: number): void => { file.writeText(`${JSON.stringify({ name, city, state, id })}\n`, id); };
  for (const batch of batches) {
    eachRecord<PlainAuction>(batch.auctions, ({ id, seller, category }) => {
      if (category !== 10) return;
      addTo(auctions, seller, id);
      for (const { name, city, state } of persons.get(seller) ?? []) write(name, city, state, id);
    });
    eachRecord<PlainPerson>(batch.persons, ({ id, name, city, state }) => {
      if (!states.has(state)) return;
      addTo(persons, id, { name, city, state });
      for (const auction of auctions.get(id) ?? []) write(name, city, state, auction);
    });
  }
  file.flush();
  return file;
}

/** q8: persons and sellers by window, joined when the watermark has passed it. */
export function plainNewUsers(batches: readonly NexmarkBatch[]): NullFile {
  const file = new NullFile();
  const size = 10_000;
  const windows = new Map<number, { readonly persons: Map<number, string>; readonly sellers: Set<number> }>();
  let [newestPerson, newestAuction, watermark] = [0, 0, 0];
  const windowAt = (time: number): { readonly persons: Map<number, string>; readonly sellers: Set<number> } | undefined => {
    const start = time - (time % size);
    if (start + size <= watermark) return undefined;
    let window = windows.get(start);
    if (window === undefined) windows.set(start, (window = { persons: new Map(), sellers: new Set() }));
    return window;
  };
  const close = (): void => {
    for (const [start, { persons, sellers }] of windows) {
      if (start + size > watermark) continue;
      windows.delete(start);
      const stime = new Date(start).toISOString();
      for (const [id, name] of persons) if (sellers.has(id)) file.writeText(`${JSON.stringify({ id, name, stime })}\n`, id);
    }
  };
  for (const batch of batches) {
    eachRecord<PlainPerson>(batch.persons, ({ id, name, dateTime }) => {
      const time = Date.parse(dateTime);
      if (time > newestPerson) newestPerson = time;
      windowAt(time)?.persons.set(id, name);
    });
    eachRecord<PlainAuction>(batch.auctions, ({ seller, dateTime }) => {
      const time = Date.parse(dateTime);
      if (time > newestAuction) newestAuction = time;
      windowAt(time)?.sellers.add(seller);
    });
    close();
    watermark = Math.max(0, Math.min(newestPerson, newestAuction) - watermarkDelay);
  }
  watermark = Infinity;
  close();
  file.flush();
  return file;
}

/** q20: bids and the auctions of one category, both sides kept for ever. Times pass as texts: they are written in the form in which they come. */
export function plainBidsWithAuctions(batches: readonly NexmarkBatch[]): NullFile {
  const file = new NullFile();
  const bids = new Map<number, PlainNexmarkBid[]>();
  const auctions = new Map<number, PlainAuction[]>();
  const write = (B: PlainNexmarkBid, A: PlainAuction): void => {
    const row = {
      auction: B.auction, bidder: B.bidder, price: B.price, channel: B.channel, url: B.url, bid_dateTime: B.dateTime, bid_extra: B.extra, itemName: A.itemName,
      description: A.description, initialBid: A.initialBid, reserve: A.reserve, auction_dateTime: A.dateTime, expires: A.expires, seller: A.seller, category: A.category, auction_extra: A.extra,
    };
    file.writeText(`${JSON.stringify(row)}\n`, idSum(B.auction, B.bidder));
  };
  for (const batch of batches) {
    eachRecord<PlainNexmarkBid>(batch.bids, (bid) => {
      addTo(bids, bid.auction, bid);
      for (const auction of auctions.get(bid.auction) ?? []) write(bid, auction);
    });
    eachRecord<PlainAuction>(batch.auctions, (auction) => {
      if (auction.category !== 10) return;
      addTo(auctions, auction.id, auction);
      for (const bid of bids.get(auction.id) ?? []) write(bid, auction);
    });
  }
  file.flush();
  return file;
}

function addTo<Value>(lists: Map<number, Value[]>, key: number, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
