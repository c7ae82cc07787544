/** An instant given in milliseconds as `2024-01-01T00:00:00.000Z`; years beyond 9999 keep their sign, as in ISO 8601. */
export function formatIsoMilliseconds(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? `${milliseconds} ms` : date.toISOString();
}
