import type { Bids } from "./bids.ts";
import { NullFile } from "./null-file.ts";
import { eachBid } from "./plain-loop.ts";

/** How a windowed query is run, by either side: times in milliseconds, a batch of so many chunks. */
export interface WindowedRun {
  readonly delay: number;
  readonly chunksPerBatch: number;
}

interface Sums {
  hits: number;
  total: number;
}

interface Session extends Sums {
  start: number;
  end: number;
}

/** Bids and the sum of their prices by auction and window, as one would write it: a map a window, a row into each of its windows, closed ones as JSON. */
export function plainWindows(bids: Bids, { size, slide }: { readonly size: number; readonly slide: number }, run: WindowedRun): NullFile {
  const windows = new Map<number, Map<number, Sums>>();
  const file = new NullFile();
  inBatches(
    bids,
    run,
    (auction, _bidder, time, price, watermark) => {
      for (let start = Math.floor(time / slide) * slide; start > time - size; start -= slide) {
        if (start + size <= watermark) break;
        let groups = windows.get(start);
        if (groups === undefined) windows.set(start, (groups = new Map()));
        const sums = groups.get(auction);
        if (sums === undefined) groups.set(auction, { hits: 1, total: price });
        else {
          sums.hits++;
          sums.total += price;
        }
      }
    },
    (watermark) => {
      for (const [start, groups] of windows) {
        if (start + size > watermark) continue;
        windows.delete(start);
        const window_start = new Date(start).toISOString();
        const window_end = new Date(start + size).toISOString();
        for (const [auction, { hits, total }] of groups) file.writeText(`${JSON.stringify({ auction, window_start, window_end, hits, total })}\n`, hits * total);
      }
    },
  );
  file.flush();
  return file;
}

/** Bids and the sum of their prices by bidder and session: a list of sessions a bidder. */
export function plainSessions(bids: Bids, gap: number, run: WindowedRun): NullFile {
  const sessions = new Map<number, Session[]>();
  const file = new NullFile();
  inBatches(
    bids,
    run,
    (_auction, bidder, time, price, watermark) => {
      if (time + gap <= watermark) return;
      const merged: Session = { start: time, end: time + gap, hits: 1, total: price };
      const apart: Session[] = [];
      for (const session of sessions.get(bidder) ?? []) {
        if (session.end < merged.start || session.start > merged.end) apart.push(session);
        else {
          merged.start = Math.min(merged.start, session.start);
          merged.end = Math.max(merged.end, session.end);
          merged.hits += session.hits;
          merged.total += session.total;
        }
      }
      apart.push(merged);
      sessions.set(bidder, apart);
    },
    (watermark) => {
      for (const [bidder, list] of sessions) {
        const open = list.filter(({ end }) => end > watermark);
        if (open.length === list.length) continue;
        for (const { start, end, hits, total } of list) {
          if (end <= watermark) file.writeText(`${JSON.stringify({ bidder, window_start: new Date(start).toISOString(), window_end: new Date(end).toISOString(), hits, total })}\n`, hits * total);
        }
        if (open.length === 0) sessions.delete(bidder);
        else sessions.set(bidder, open);
      }
    },
  );
  file.flush();
  return file;
}

function inBatches(bids: Bids, { delay, chunksPerBatch }: WindowedRun, use: (auction: number, bidder: number, time: number, price: number, watermark: number) => void, close: (watermark: number) => void): void {
  let [newest, watermark] = [0, 0];
  for (let chunk = 0; chunk < bids.chunks.length; chunk += chunksPerBatch) {
    eachBid({ chunks: bids.chunks.slice(chunk, chunk + chunksPerBatch), rows: bids.rows }, ({ auction, bidder, dateTime, price }) => {
      const time = Date.parse(dateTime);
      if (time > newest) newest = time;
      use(auction, bidder, time, price, watermark);
    });
    watermark = newest - delay;
    close(watermark);
  }
  close(Infinity);
}
