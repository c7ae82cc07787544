/** Generated auction bids: 300-byte JSON records of seven columns, compact, in schema order. */
export interface Bids {
  /** Whole lines in chunks of about 64 KB, with the room behind them that a file's buffer has. */
  readonly chunks: readonly Buffer[];
  readonly rows: number;
}

/** The schema, as a job declares it. */
export const bidSchema = `schema Bid {
  auction:  long
  bidder:   long
  price:    long
  channel:  string
  url:      string
  dateTime: timestamp
  extra:    string
}
source bids: Bid from queue()
`;

const chunkBytes = 64 * 1024;
const room = 64;
const rowBytes = 300;

/** Makes `rows` bids, the same ones every time, some milliseconds apart; with `shuffled`, each record has its keys in an order of its own. */
export function makeBids(rows: number, shuffled: boolean, apart: number = 10): Bids {
  const random = generator(42);
  const chunks: Buffer[] = [];
  let chunk = Buffer.alloc(chunkBytes + room);
  let used = 0;
  for (let row = 0; row < rows; row++) {
    const line = `${JSON.stringify(bid(1_700_000_000_000 + row * apart, random, shuffled))}\n`;
    if (used + line.length > chunkBytes) {
      chunks.push(chunk.subarray(0, used));
      chunk = Buffer.alloc(chunkBytes + room);
      used = 0;
    }
    used += chunk.write(line, used, "latin1");
  }
  chunks.push(chunk.subarray(0, used));
  return { chunks, rows };
}

function bid(time: number, random: () => number, shuffled: boolean): Record<string, unknown> {
  const below = (bound: number): number => Math.floor(random() * bound);
  const channel = `channel-${below(1000)}`;
  const record = {
    auction: 1000 + below(20_000),
    bidder: 1_000_000 + below(1_000_000),
    price: below(10_000_000),
    channel,
    url: `https://www.nexmark.com/${channel}/item.htm?query=1&channel_id=${below(1_000_000_000)}`,
    dateTime: new Date(time).toISOString(),
    extra: "",
  };
  const missing = rowBytes - 1 - JSON.stringify(record).length;
  for (let at = 0; at < missing; at++) record.extra += String.fromCharCode(97 + below(26));
  return shuffled ? shuffle(record, below) : record;
}

function shuffle(record: object, below: (bound: number) => number): Record<string, unknown> {
  const entries: [string, unknown][] = Object.entries(record);
  const shuffled: [string, unknown][] = [];
  while (entries.length > 0) shuffled.push(...entries.splice(below(entries.length), 1));
  return Object.fromEntries(shuffled);
}

/** Numbers in [0, 1) from a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
