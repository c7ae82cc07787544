import type { NexmarkBatch } from "./nexmark-events.ts";
import { NullFile } from "./null-file.ts";
import { eachRecord, type PlainNexmarkBid } from "./plain-nexmark.ts";

const [gap, delay] = [10_000, 4000];

interface Session {
  start: number;
  end: number;
  bids: number;
}

/** q11: a list of open sessions a bidder; those that the watermark has passed leave it. */
export function plainBidSessions(batches: readonly NexmarkBatch[]): NullFile {
  const file = new NullFile();
  const bidders = new Map<number, Session[]>();
  let [newest, watermark] = [0, 0];
  const close = (): void => {
    for (const [bidder, sessions] of bidders) {
      const open = sessions.filter(({ end }) => end > watermark);
      if (open.length === sessions.length) continue;
      for (const { start, end, bids } of sessions) {
        if (end <= watermark) file.writeText(`${JSON.stringify({ bidder, bid_count: bids, starttime: new Date(start).toISOString(), endtime: new Date(end).toISOString() })}\n`, bids);
      }
      if (open.length === 0) bidders.delete(bidder);
      else bidders.set(bidder, open);
    }
  };
  for (const batch of batches) {
    const late = watermark;
    watermark = Math.max(0, newest - delay);
    eachRecord<PlainNexmarkBid>(batch.bids, ({ bidder, dateTime }) => {
      const time = Date.parse(dateTime);
      if (time > newest) newest = time;
      if (time + gap > late) addTo(bidders, bidder, time);
    });
    close();
  }
  watermark = Infinity;
  close();
  file.flush();
  return file;
}

function addTo(bidders: Map<number, Session[]>, bidder: number, time: number): void {
  const sessions = bidders.get(bidder);
  const last = sessions?.at(-1);
  if (sessions === undefined || last === undefined) {
    bidders.set(bidder, [{ start: time, end: time + gap, bids: 1 }]);
  } else if (sessions.length === 1 && time >= last.start && time <= last.end) {
    // Nearly all of them.
    if (time + gap > last.end) last.end = time + gap;
    last.bids++;
  } else {
    const merged: Session = { start: time, end: time + gap, bids: 1 };
    const apart: Session[] = [];
    for (const session of sessions) {
      if (session.end < merged.start || session.start > merged.end) apart.push(session);
      else {
        merged.start = Math.min(merged.start, session.start);
        merged.end = Math.max(merged.end, session.end);
        merged.bids += session.bids;
      }
    }
    bidders.set(bidder, [...apart, merged]);
  }
}
