import { pick, seeded } from "../../examples/seeded.ts";

/** Records of the three streams of Nexmark as JSON lines, batch by batch. */
export interface NexmarkRecords {
  readonly batches: readonly NexmarkBatch[];
  /** All records that are there. */
  readonly rows: number;
}

export type NexmarkKind = "persons" | "auctions" | "bids";

/** Of each stream whole lines in chunks of about 64 KB; empty where the stream is not asked for. */
export type NexmarkBatch = Readonly<Record<NexmarkKind, readonly Buffer[]>>;

export interface NexmarkOptions {
  /** How many records, of the kinds that are asked for. */
  readonly rows: number;
  readonly kinds: readonly NexmarkKind[];
  readonly rowsPerBatch: number;
}

// The benchmark's own numbers (NexmarkConfiguration): 10,000 events a second, of 50 one a person, three auctions, the others bids.
const microsPerEvent = 100;
const start = Date.UTC(2024, 4, 12, 7, 59, 20);
const [round, auctionsOfRound] = [50, 3];
const [activePeople, openAuctions, idsAhead, firstId] = [1000, 100, 10, 1000];
const [hotAuctionsApart, hotPeopleApart] = [100, 100];
const channelCount = 10_000;

const hotChannels = ["Google", "Facebook", "Baidu", "Apple"];
const states = ["AZ", "CA", "ID", "OR", "WA", "WY"];
const cities = ["Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland", "Bend", "Redmond", "Seattle", "Kent", "Cheyenne"];
const firstNames = ["Peter", "Paul", "Luke", "John", "Saul", "Vicky", "Kate", "Julie", "Sarah", "Deiter", "Walter"];
const lastNames = ["Shultz", "Abrams", "Spencer", "White", "Bartels", "Walton", "Smith", "Jones", "Noris"];

const chunkBytes = 64 * 1024;
const room = 64;

/** The events of an auction house at the benchmark's scale, in order of time; those of other kinds are passed over. */
export function makeNexmark({ rows, kinds, rowsPerBatch }: NexmarkOptions): NexmarkRecords {
  const random = seeded(42);
  const records = new Records(random);
  const batches: NexmarkBatch[] = [];
  let lines = { persons: new Lines(), auctions: new Lines(), bids: new Lines() };
  let made = 0;
  const endBatch = (): void => {
    batches.push({ persons: lines.persons.end(), auctions: lines.auctions.end(), bids: lines.bids.end() });
    lines = { persons: new Lines(), auctions: new Lines(), bids: new Lines() };
  };
  for (let event = 0; made < rows; event++) {
    const place = event % round;
    const kind: NexmarkKind = place === 0 ? "persons" : place <= auctionsOfRound ? "auctions" : "bids";
    if (!kinds.includes(kind)) continue;
    lines[kind].add(JSON.stringify(records.of(kind, event)));
    if (++made % rowsPerBatch === 0) endBatch();
  }
  if (made % rowsPerBatch !== 0) endBatch();
  return { batches, rows };
}

class Lines {
  readonly #chunks: Buffer[] = [];
  #chunk: Buffer | undefined;
  #used = 0;

  add(line: string): void {
    if (this.#chunk === undefined || this.#used + line.length + 1 > chunkBytes) {
      this.#endChunk();
      this.#chunk = Buffer.alloc(chunkBytes + room);
    }
    this.#used += this.#chunk.write(`${line}\n`, this.#used, "latin1");
  }

  end(): readonly Buffer[] {
    this.#endChunk();
    return this.#chunks;
  }

  #endChunk(): void {
    if (this.#chunk !== undefined) this.#chunks.push(this.#chunk.subarray(0, this.#used));
    this.#chunk = undefined;
    this.#used = 0;
  }
}

class Records {
  readonly #random: () => number;
  readonly #letters: string;
  readonly #links: readonly { readonly channel: string; readonly url: string }[];

  constructor(random: () => number) {
    this.#random = random;
    this.#letters = Buffer.from(Array.from({ length: 1 << 16 }, () => 97 + this.#below(26))).toString("latin1");
    this.#links = Array.from({ length: channelCount }, (_, number) => ({
      channel: `channel-${number}`,
      url: `${this.#address()}${this.#below(10) > 0 ? `&channel_id=${this.#below(1_000_000_000)}` : ""}`,
    }));
  }

  of(kind: NexmarkKind, event: number): object {
    const place = event % round;
    const people = Math.floor(event / round) + 1;
    const auctions = Math.floor(event / round) * auctionsOfRound + Math.min(place, auctionsOfRound);
    const time = start + Math.floor((event * microsPerEvent) / 1000);
    return kind === "persons" ? this.#person(people, time) : kind === "auctions" ? this.#auction(people, auctions, time) : this.#bid(people, auctions, time);
  }

  #person(people: number, time: number): object {
    const name = `${pick(firstNames, this.#random)} ${pick(lastNames, this.#random)}`;
    return {
      id: firstId + people - 1,
      name,
      emailAddress: `${this.#word(5, 8)}@${this.#word(4, 6)}.com`,
      creditCard: Array.from({ length: 4 }, () => String(this.#below(10_000)).padStart(4, "0")).join(" "),
      city: pick(cities, this.#random),
      state: pick(states, this.#random),
      dateTime: iso(time),
      extra: this.#word(80, 120),
    };
  }

  #auction(people: number, auctions: number, time: number): object {
    const initialBid = this.#price();
    return {
      id: firstId + auctions - 1,
      itemName: this.#word(3, 20),
      description: this.#word(3, 100),
      initialBid,
      reserve: initialBid + this.#price(),
      dateTime: iso(time),
      expires: iso(time + 1 + this.#below(Math.floor((2 * openAuctions * round * microsPerEvent) / auctionsOfRound / 1000))),
      seller: firstId + (this.#below(4) > 0 ? hotOne(people, hotPeopleApart) : this.#recent(people, activePeople)),
      category: 10 + this.#below(5),
      extra: this.#word(300, 400),
    };
  }

  #bid(people: number, auctions: number, time: number): object {
    const isHot = this.#below(2) > 0;
    const hot = pick(hotChannels, this.#random);
    const { channel, url } = isHot ? { channel: hot, url: `https://www.nexmark.com/${hot.toLowerCase()}/item.htm?query=1` } : pick(this.#links, this.#random);
    return {
      auction: firstId + (this.#below(2) > 0 ? hotOne(auctions, hotAuctionsApart) : this.#recent(auctions, openAuctions)),
      bidder: firstId + (this.#below(4) > 0 ? hotOne(people, hotPeopleApart) + 1 : this.#recent(people, activePeople)),
      price: this.#price(),
      channel,
      url,
      dateTime: iso(time),
      extra: this.#word(55, 80),
    };
  }

  #address(): string {
    return `https://www.nexmark.com/${this.#word(3, 5)}/${this.#word(3, 5)}/${this.#word(3, 5)}/item.htm?query=1`;
  }

  #recent(count: number, size: number): number {
    const oldest = Math.max(0, count - size);
    return oldest + this.#below(count - oldest + idsAhead);
  }

  #price(): number {
    return Math.round(10 ** (this.#random() * 6) * 100);
  }

  #word(shortest: number, longest: number): string {
    const length = shortest + this.#below(longest - shortest + 1);
    const at = this.#below(this.#letters.length - length);
    return this.#letters.slice(at, at + length);
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}

function hotOne(count: number, apart: number): number {
  return Math.floor((count - 1) / apart) * apart;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
