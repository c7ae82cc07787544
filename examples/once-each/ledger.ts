import { mkdir, open, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import type { ForeachWriter } from "../../runtime/index.ts";

interface Payment {
  readonly id: number;
  readonly account: string;
  readonly amount: number;
}

interface Balance {
  readonly account: string;
  readonly balance: number | null;
  readonly payments: number;
}

/**
 * A store that only grows: a file for each partition, a line for each version that has rows, `{"version":3,"rows":[…]}`. A batch that is run again comes with
 * the same rows under the same pair, and `open` passes it over where its line is there, so each row is in the store once.
 */
class Ledger<Row> implements ForeachWriter<Row> {
  readonly #name: string;
  #path = "";
  #version = 0;
  #rows: Row[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  async open(partitionId: number, version: number): Promise<boolean> {
    const folder = join(process.env["LEDGERS"] ?? ".sluice/ledgers", this.#name);
    await mkdir(folder, { recursive: true });
    this.#path = join(folder, `${partitionId}.jsonl`);
    this.#version = version;
    this.#rows = [];
    return (await lastVersion(this.#path)) < version;
  }

  process(row: Row): void {
    this.#rows.push(row);
  }

  /** Rows and version go into the file together: a line is there as a whole, or it does not count. */
  async close(error?: Error): Promise<void> {
    if (error !== undefined || this.#rows.length === 0) return;
    const file = await open(this.#path, "a");
    try {
      await file.writeFile(`${JSON.stringify({ version: this.#version, rows: this.#rows })}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

/** The version of a file's last line, -1 of a file without one; takes away the beginning of a line that a crash has cut off. */
async function lastVersion(path: string): Promise<number> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return -1;
  const end = bytes.lastIndexOf("\n") + 1;
  if (end < bytes.length) await truncate(path, end);
  const last = bytes.toString("utf8", 0, end).trimEnd().split("\n").at(-1) ?? "";
  return last === "" ? -1 : (JSON.parse(last) as { readonly version: number }).version;
}

export function paymentLedger(): ForeachWriter<Payment> {
  return new Ledger("payments");
}

export function balanceLedger(): ForeachWriter<Balance> {
  return new Ledger("balances");
}
