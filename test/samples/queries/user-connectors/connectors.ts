import type { BatchWriter, ForeachWriter, ReplayableReceiver, RowKind } from "../../../../runtime/index.ts";

const records: readonly string[] = [
  '{"id":1,"item":"apple","price":1.50,"at":"2024-05-01T10:00:00.123456Z","day":"2024-05-01","tags":["red","ripe"],"counts":{"a":1,"b":9007199254740993},"buyer":{"name":"Ann","age":30}}',
  '{"id":9007199254740993,"item":"pear","price":null,"at":"2024-05-01T10:00:01Z","buyer":{"name":"Bo"}}',
  "no record",
  '{\n  "id": 3,\n  "item": "apple",\n  "at": "2024-05-01T10:00:02Z",\n  "tags": []\n}\n',
];

/** Its offsets are how many records there are. */
export const feed: ReplayableReceiver = {
  latest: () => records.length,
  async *read(from, to) {
    for (const record of records.slice(Number(from ?? 0), Number(to))) yield await Promise.resolve(record);
  },
};

interface Order {
  readonly id: bigint;
  readonly item: string;
  readonly price: number | null;
  readonly at: Date;
  readonly day: Date | null;
  readonly tags: readonly string[] | undefined;
  readonly counts: ReadonlyMap<string, bigint> | null;
  readonly buyer: { readonly name: string; readonly age: number | null } | null;
  readonly note?: string;
}

class Ledger implements ForeachWriter<Order> {
  #open = false;

  async open(partitionId: number, version: number): Promise<boolean> {
    this.#open = await Promise.resolve(partitionId >= 0 && version >= 0);
    return true;
  }

  process({ id, at, counts, note }: Order): void {
    if (!this.#open || typeof id !== "bigint" || !(at instanceof Date) || note !== undefined) throw new TypeError("not the row that was declared");
    for (const count of counts?.values() ?? []) if (typeof count !== "bigint") throw new TypeError("a count that is no bigint");
  }

  close(error?: Error): void {
    if (error !== undefined) throw error;
    this.#open = false;
  }
}

export function ledger(): Ledger {
  return new Ledger();
}

export const save: BatchWriter<{ readonly "the item": string; readonly size: number }> = async (rows, batchId) => {
  for (const row of rows) if (row["the item"].length !== row.size) throw new TypeError(`another row in batch ${batchId}`);
  await Promise.resolve();
};

export const counted: ForeachWriter<{ readonly item: string; readonly n: number; readonly newest: Date | null }> = {
  process({ n }) {
    if (!Number.isSafeInteger(n)) throw new TypeError("no count");
  },
};

export const changed = {
  process(row: { readonly n: bigint }, kind: RowKind): void {
    if (row.n === 0n && kind === "+U") throw new TypeError("a row without a key takes no other's place");
  },
};
