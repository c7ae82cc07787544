import type { ColumnId, Expr } from "../expr/expr.ts";
import type { Field } from "../types/data-type.ts";
import { sameType } from "../types/data-type.ts";
import type { Input } from "./input.ts";
import type { Scan } from "./plan.ts";

/** How the rows of a node lie over the shards of a job (decision 0032). */
export type Spread =
  /** Every shard has all of them. */
  | { readonly kind: "table" }
  /** Any row may be in any shard. `input`: because its source does not say more; else columns that said it are no longer there. */
  | { readonly kind: "any"; readonly input?: Input; readonly lost?: readonly string[] }
  /** Rows with equal values are in one shard: of each declared column those columns that hold its value. `scans`: where the rows come from. */
  | { readonly kind: "by"; readonly declared: Declared; readonly columns: readonly ReadonlySet<ColumnId>[]; readonly scans: ReadonlySet<Scan> };

/** The columns that a source is partitioned by. */
export interface Declared {
  readonly input: Input;
  readonly fields: readonly Field[];
}

/** The declared columns of a source that says how it is partitioned. */
export function declaredOf(input: Input): Declared | undefined {
  const fields = (input.partitionedBy ?? []).flatMap((name) => input.fields.find((field) => field.name === name) ?? []);
  return fields.length === 0 ? undefined : { input, fields };
}

/** Whether equal values are in the same partition of both sources: the same types in the same order, and of several the same names, which are part of a key. */
export function sameKey(a: Declared, b: Declared): boolean {
  return a.fields.length === b.fields.length && a.fields.every((field, at) => {
    const other = b.fields[at];
    return other !== undefined && sameType(field.type, other.type) && (a.fields.length === 1 || field.name === other.name);
  });
}

/** The place of each declared column among some keys; undefined where one is none of them. */
export function placesOf(spread: Spread, keys: readonly Expr[]): readonly number[] | undefined {
  if (spread.kind !== "by") return undefined;
  const places = spread.columns.map((columns) => keys.findIndex((key) => key.kind === "ColumnRef" && columns.has(key.id)));
  return places.includes(-1) ? undefined : places;
}

/** Puts other columns in the place of those of a spread; where one of the declared columns has none left, any row may be in any shard. */
export function mapped(spread: Spread, columnsOf: (columns: ReadonlySet<ColumnId>, at: number) => Iterable<ColumnId>): Spread {
  if (spread.kind !== "by") return spread;
  const columns = spread.columns.map((set, at) => new Set(columnsOf(set, at)));
  const lost = spread.declared.fields.filter((_, at) => columns[at]?.size === 0).map(({ name }) => name);
  return lost.length > 0 ? { kind: "any", lost } : { ...spread, columns };
}
