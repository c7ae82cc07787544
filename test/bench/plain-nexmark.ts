/** Records of Nexmark as `JSON.parse` gives them. */
export interface PlainPerson {
  readonly id: number;
  readonly name: string;
  readonly city: string;
  readonly state: string;
  readonly dateTime: string;
}

export interface PlainAuction {
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

export interface PlainNexmarkBid {
  readonly auction: number;
  readonly bidder: number;
  readonly price: number;
  readonly channel: string;
  readonly url: string;
  readonly dateTime: string;
  readonly extra: string;
}

/** The program that one would write without Sluice: lines, `JSON.parse`, a function for each object. */
export function eachRecord<Row>(chunks: readonly Buffer[], use: (row: Row) => void): void {
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const end = chunk.indexOf(10, at);
      use(JSON.parse(chunk.toString("utf8", at, end)) as Row);
      at = end + 1;
    }
  }
}

/** What a checksum takes of two ids. */
export function idSum(one: number, other: number): number {
  return one + (other % 1000) * 7;
}
