/** How a reader fills a column, of whichever class. */
export interface ReadLane {
  /** Makes rows below `rows` exist, before a chunk is read. */
  ensure(rows: number): void;
  /** Takes a decoded value, or null where the column may be null. */
  put(row: number, value: unknown): void;
}
