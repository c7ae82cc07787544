/** Functions that the samples of imports import. */
export function score(name: string, weight: number): number {
  return name.length * weight;
}

export const limit = 10;

export async function fetchName(id: string): Promise<string> {
  return id;
}

export function sourceOf(pattern: RegExp): string {
  return pattern.source;
}

export function first<T>(items: readonly T[]): T | null {
  return items[0] ?? null;
}
