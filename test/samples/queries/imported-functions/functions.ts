/** The first letters of the words of a name. */
export function initials(name: string | null): string | null {
  return name === null ? null : name.split(" ").map((word) => word.charAt(0)).join("");
}

export const isShort = (text: string): boolean => text.length < 2;

export function nextId(id: bigint): bigint {
  return id + 1n;
}

export function weight(parts: readonly string[], factor: number | null): number | null {
  return factor === null ? null : parts.length * factor;
}
