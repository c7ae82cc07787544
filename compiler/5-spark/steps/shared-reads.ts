import type { Column } from "../../ir/logical/column.ts";
import type { LogicalQuery } from "../../ir/logical/job.ts";
import { scansOf } from "../../ir/logical/nodes-of.ts";
import { Scan } from "../../ir/logical/scan.ts";

/** One function of the program: an input, read with the columns that any of its scans has. */
export interface SharedRead {
  readonly scan: Scan;
  /** The query that needs it first. */
  readonly query: LogicalQuery;
}

/** The reads of all queries, by `readKey`: scans share one where the same fields decide which records are malformed. */
export function sharedReads(queries: readonly LogicalQuery[]): ReadonlyMap<string, SharedRead> {
  const found = new Map<string, SharedRead>();
  for (const query of queries) {
    for (const scan of scansOf(query.plan)) {
      const key = readKey(scan);
      const other = found.get(key);
      const columns = withColumns(other?.scan.columns ?? [], scan.columns);
      found.set(key, { scan: new Scan(scan.input, inOrder(columns, scan), scan.needed, undefined, scan.input.span), query: other?.query ?? query });
    }
  }
  return found;
}

/** Scans of one key may share a read. */
export function readKey({ input, needed }: Scan): string {
  return JSON.stringify([input.name, [...needed].sort()]);
}

function withColumns(columns: readonly Column[], more: readonly Column[]): readonly Column[] {
  const all = new Map(columns.map((column) => [column.name, column]));
  for (const column of more) if (!all.has(column.name)) all.set(column.name, column);
  return [...all.values()];
}

/** In the order of the declaration, hidden columns last. */
function inOrder(columns: readonly Column[], { input }: Scan): readonly Column[] {
  const place = (name: string): number => {
    const at = [...input.fields, ...(input.hiddenColumns ?? [])].findIndex((field) => field.name === name);
    return at < 0 ? Number.MAX_SAFE_INTEGER : at;
  };
  return columns.toSorted((a, b) => place(a.name) - place(b.name));
}
