/** Functions of whole batches for the samples of `transform` and `map async`. */
export function pages(rows: readonly { page: string }[]): { page: string }[] {
  return rows.map(({ page }) => ({ page }));
}

export function page(row: { page: string }): { page: string }[] {
  return [row];
}

export async function found({ page }: { page: string }): Promise<{ page: string } | null> {
  return page === "/" ? null : { page };
}

let asked = 0;

export async function numbered({ page }: { page: string }): Promise<{ page: string; number: number }> {
  return { page, number: ++asked };
}
