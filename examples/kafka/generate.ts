import { type GeneratedFile, pick, seeded, writeWhenRun } from "../seeded.ts";

/** A product of the shop; its price is text, because JSON has no decimals. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly price: string;
  readonly introduced: string;
}

/** A line of an order. */
export interface Order {
  readonly id: number;
  readonly customer: string;
  readonly sku: string;
  readonly quantity: number;
  readonly at: string;
  readonly note: string | null;
}

const start = Date.UTC(2024, 4, 12, 8);
const customers = ["ada", "ben", "cyd", "dörte", "éva", "flo"];
const notes = ["leave at the door", "a gift", "call first", "für Zoë", ""];
const kinds: readonly (readonly [category: string, names: readonly string[]])[] = [
  ["tea", ["sencha", "assam", "rooibos", "earl grey", "pu’er"]],
  ["coffee", ["espresso", "filter roast", "decaf"]],
  ["crockery", ["cup", "pot", "saucer", "milk jug"]],
];

/** Twelve products, the same at every call. */
export function products(): readonly Product[] {
  const random = seeded(20240511);
  return kinds
    .flatMap(([category, names]) => names.map((name) => ({ category, name })))
    .map(({ category, name }, index) => ({
      sku: `S-${100 + index}`,
      name,
      category,
      price: (2 + random() * 30).toFixed(2),
      introduced: new Date(start - Math.floor(random() * 900) * 86_400_000).toISOString().slice(0, 10),
    }));
}

/** Six hundred orders over some hours; one in twenty is of a product that nobody knows. */
export function orders(): readonly Order[] {
  const random = seeded(20240513);
  const known = products().map(({ sku }) => sku);
  return Array.from({ length: 600 }, (_, index) => ({
    id: 1001 + index,
    customer: pick(customers, random),
    sku: random() < 0.05 ? `X-${Math.floor(random() * 4)}` : pick(known, random),
    quantity: 1 + Math.floor(random() ** 2 * 9),
    at: new Date(start + index * 31_000 + Math.floor(random() * 20_000)).toISOString(),
    note: random() < 0.3 ? pick(notes, random) : null,
  }));
}

/** The files, as JSON lines. */
export function generate(): readonly GeneratedFile[] {
  const lines = (rows: readonly object[]): string => `${rows.map((row) => JSON.stringify(row)).join("\n")}\n`;
  return [
    { name: "products.json", text: lines(products()) },
    { name: "orders.json", text: lines(orders()) },
  ];
}

/** `npx tsx examples/kafka/generate.ts` writes the files anew. */
writeWhenRun(import.meta.url, generate);
