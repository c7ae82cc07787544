export interface Total {
  readonly total: bigint;
  readonly batches: number;
}

/** What a word has come to: the amounts of a batch are added up, and an amount that is null begins anew. A word that ends with a reset has no state, and leaves the table. */
export function totals(amounts: readonly (bigint | null)[], before: Total | undefined): Total | undefined {
  let total: bigint | undefined = before?.total;
  for (const amount of amounts) total = amount === null ? undefined : (total ?? 0n) + amount;
  return total === undefined ? undefined : { total, batches: (before?.batches ?? 0) + 1 };
}
