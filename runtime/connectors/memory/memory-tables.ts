import type { OutputMode, SinkColumn } from "../sink.ts";

/** What readers of a memory sink see of it. */
export interface MemoryTable {
  readonly name: string;
  readonly mode: OutputMode;
  readonly columns: readonly SinkColumn[];
  /** The committed rows as JSON texts of their columns' values, in the order of the result. */
  rows(): Iterable<readonly string[]>;
  readonly rowCount: number;
}

/**
 * The tables of the memory sinks of a job, by name. The job's handle makes one and passes it to the sinks; it can be read while
 * the queries run, between two commits, and after they ended.
 */
export class MemoryTables {
  readonly #tables = new Map<string, MemoryTable>();

  /** Adds a table, or puts it in the place of one of an earlier run. */
  add(table: MemoryTable): void {
    this.#tables.set(table.name, table);
  }

  get(name: string): MemoryTable | undefined {
    return this.#tables.get(name);
  }

  /** Names in order. */
  get names(): readonly string[] {
    return [...this.#tables.keys()].sort();
  }

  get all(): readonly MemoryTable[] {
    return this.names.flatMap((name) => this.#tables.get(name) ?? []);
  }
}
