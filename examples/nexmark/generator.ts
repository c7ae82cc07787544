import { pick, seeded } from "../seeded.ts";

/** Somebody who sells or bids. Times are ISO texts. */
export interface Person {
  readonly id: number;
  readonly name: string;
  readonly emailAddress: string;
  readonly creditCard: string;
  readonly city: string;
  readonly state: string;
  readonly dateTime: string;
  readonly extra: string;
}

/** Something that is for sale until it expires. */
export interface Auction {
  readonly id: number;
  readonly itemName: string;
  readonly description: string;
  readonly initialBid: number;
  readonly reserve: number;
  readonly dateTime: string;
  readonly expires: string;
  readonly seller: number;
  readonly category: number;
  readonly extra: string;
}

/** An offer for an auction; the price in cents. */
export interface Bid {
  readonly auction: number;
  readonly bidder: number;
  readonly price: number;
  readonly channel: string;
  readonly url: string;
  readonly dateTime: string;
  readonly extra: string;
}

/** The rows of the three streams, each in the order in which they come. */
export interface Events {
  readonly person: readonly Person[];
  readonly auction: readonly Auction[];
  readonly bid: readonly Bid[];
}

export interface GeneratorOptions {
  readonly events: number;
  readonly seed: number;
  /** Event time between two events: 50 ms by default, so that 10 seconds have 200 events. */
  readonly millisecondsPerEvent?: number;
  /** How long an event may be under way, in milliseconds; below the 4 seconds that the queries' watermarks wait. */
  readonly disorder?: number;
}

const start = Date.UTC(2024, 4, 12, 7, 59, 20);
const firstId = 1000;
const firstCategory = 10;
const categories = 5;

/** Of 50 events in a row the first is a person, the next three are auctions, the others bids. */
const round = 50;
const auctionsOfRound = 3;

/** As many auctions are open at a time, on average; references go to those, or a few ahead. */
const openAuctions = 20;
const activePeople = 30;
const idsAhead = 5;

/** The first of so many auctions, and the first two of so many people, are those that most of the events are about. */
const auctionsPerHotOne = 20;
const peoplePerHotOne = 10;

const channelCount = 40;
const hotChannels = ["Google", "Facebook", "Baidu", "Apple"];
const states = ["AZ", "CA", "ID", "OR", "WA", "WY"];
const cities = ["Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland", "Bend", "Redmond", "Seattle", "Kent", "Cheyenne"];
const firstNames = ["Ada", "Boris", "Clara", "Dmitri", "Elena", "Farid", "Grete", "Hugo"];
const lastNames = ["Abel", "Brandt", "Costa", "Duval", "Eriksen", "Fischer", "Garcia"];
const letters = "abcdefghijklmnopqrstuvwxyz";

/**
 * The events of an auction house by the schema and the proportions of Nexmark: 46 bids, 3 auctions and 1 person in 50 events, half of the bids for few hot auctions,
 * three quarters of them by few hot bidders, three quarters of the auctions of few hot sellers, prices spread over six powers of ten. The same options give the same
 * events.
 */
export function nexmarkEvents({ events, seed, millisecondsPerEvent = 50, disorder = 3900 }: GeneratorOptions): Events {
  const draw = new Draw(seeded(seed));
  const links = linksOf(draw);
  const come: { readonly at: number; readonly kind: keyof Events; readonly row: Person | Auction | Bid }[] = [];
  for (let event = 0; event < events; event++) {
    const time = start + event * millisecondsPerEvent;
    const place = event % round;
    const people = Math.floor(event / round) + 1;
    const auctions = Math.floor(event / round) * auctionsOfRound + Math.min(place, auctionsOfRound);
    const kind = place === 0 ? "person" : place <= auctionsOfRound ? "auction" : "bid";
    const row = kind === "person" ? person(draw, people, time) : kind === "auction" ? auction(draw, people, auctions, time, millisecondsPerEvent) : bid(draw, people, auctions, time, links);
    come.push({ at: time + draw.below(disorder), kind, row });
  }
  come.sort((a, b) => a.at - b.at);
  const rowsOf = <Row>(kind: keyof Events): readonly Row[] => come.filter((event) => event.kind === kind).map(({ row }) => row as Row);
  return { person: rowsOf<Person>("person"), auction: rowsOf<Auction>("auction"), bid: rowsOf<Bid>("bid") };
}

/** The side table of q13, a line `key,value` for each key from 0. */
export function sideInput(rows: number): string {
  return Array.from({ length: rows }, (_, key) => `${key},${key}\n`).join("");
}

function person(draw: Draw, people: number, time: number): Person {
  const first = draw.of(firstNames);
  const last = draw.of(lastNames);
  return {
    id: firstId + people - 1,
    name: `${first} ${last}`,
    emailAddress: `${first}.${last}@${draw.word(3, 6)}.example`.toLowerCase(),
    creditCard: Array.from({ length: 4 }, () => String(draw.below(10_000)).padStart(4, "0")).join(" "),
    city: draw.of(cities),
    state: draw.of(states),
    dateTime: iso(time),
    extra: draw.word(80, 120),
  };
}

function auction(draw: Draw, people: number, auctions: number, time: number, millisecondsPerEvent: number): Auction {
  const initialBid = draw.price();
  const lifetime = 1 + draw.below(2 * Math.floor((openAuctions * round) / auctionsOfRound) * millisecondsPerEvent);
  return {
    id: firstId + auctions - 1,
    itemName: draw.word(3, 20),
    description: `${draw.word(3, 30)} ${draw.word(3, 60)}`,
    initialBid,
    reserve: initialBid + draw.price(),
    dateTime: iso(time),
    expires: iso(time + lifetime),
    seller: firstId + (draw.below(4) > 0 ? hotOne(people, peoplePerHotOne) : recent(draw, people, activePeople)),
    category: firstCategory + draw.below(categories),
    extra: draw.word(120, 180),
  };
}

function bid(draw: Draw, people: number, auctions: number, time: number, links: readonly Link[]): Bid {
  const { channel, url } = draw.of(links);
  return {
    auction: firstId + (draw.below(2) > 0 ? hotOne(auctions, auctionsPerHotOne) : recent(draw, auctions, openAuctions)),
    // One beside the hot seller.
    bidder: firstId + (draw.below(4) > 0 ? hotOne(people, peoplePerHotOne) + 1 : recent(draw, people, activePeople)),
    price: draw.price(),
    channel,
    url,
    dateTime: iso(time),
    extra: draw.word(55, 80),
  };
}

/** The first of the newest group of `size`. */
function hotOne(count: number, size: number): number {
  return Math.floor((count - 1) / size) * size;
}

/** One of the last `size`, or of the few that come next. */
function recent(draw: Draw, count: number, size: number): number {
  const oldest = Math.max(0, count - size);
  return oldest + draw.below(count - oldest + idsAhead);
}

interface Link {
  readonly channel: string;
  readonly url: string;
}

/** Where bids come from: half of the links are those of the hot channels, and nine in ten of the others name their channel's number. */
function linksOf(draw: Draw): readonly Link[] {
  const address = (): string => `https://auctions.example/${draw.word(3, 5)}/${draw.word(3, 5)}/${draw.word(3, 5)}/item.htm?query=1`;
  const hot = hotChannels.map((channel): Link => ({ channel, url: address() }));
  const others = Array.from({ length: channelCount }, (_, number): Link => ({ channel: `channel-${number}`, url: `${address()}${draw.below(10) > 0 ? `&channel_id=${draw.below(1_000_000_000)}` : ""}` }));
  return [...others, ...Array.from({ length: channelCount / hot.length }, () => hot).flat()];
}

/** What is drawn from one source of chance. */
class Draw {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** A whole number from 0 to below the limit. */
  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  of<Item>(items: readonly Item[]): Item {
    return pick(items, this.#random);
  }

  /** From 1.00 to 1,000,000.00, each power of ten as likely as the other; in hundredths. */
  price(): number {
    return Math.round(10 ** (this.#random() * 6) * 100);
  }

  /** Small letters, as many as the limits allow. */
  word(shortest: number, longest: number): string {
    const length = shortest + this.below(longest - shortest + 1);
    let word = "";
    for (let at = 0; at < length; at++) word += letters[this.below(letters.length)] ?? "";
    return word;
  }
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
