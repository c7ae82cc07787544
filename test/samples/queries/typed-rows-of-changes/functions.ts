interface Total {
  shop: string;
  total: bigint | null;
}

export interface Size {
  size: "small" | "large";
  total: bigint;
}

export const isOpen = ({ shop }: { shop: string }): boolean => shop !== "closed";

export function sized({ total }: Total): Size {
  return { size: (total ?? 0n) < 10n ? "small" : "large", total: total ?? 0n };
}

/** As many rows as a shop has tens. */
export function tens({ shop, total }: Total): { shop: string; ten: number }[] {
  return Array.from({ length: Number((total ?? 0n) / 10n) }, (_, ten) => ({ shop, ten }));
}

export const shouted = (text: string): string => text.toUpperCase();
