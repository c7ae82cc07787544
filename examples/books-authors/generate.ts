import { type GeneratedFile, pick, seeded, writeWhenRun } from "../seeded.ts";

/** A book on the shelf; a book of nobody has no author. */
export interface Book {
  readonly id: number;
  readonly title: string;
  readonly author: number | null;
  readonly year: number;
  /** With two decimal places. */
  readonly price: string;
}

export interface Author {
  readonly id: number;
  readonly name: string;
  readonly country: string;
}

const firstNames = ["Ada", "Ben", "Clara", "David", "Elif", "Farid", "Greta", "Hugo"];
const lastNames = ["Archer", "Baumann", "Castro", "Doyle", "Eriksen", "Fischer"];
const countries = ["Austria", "Brazil", "Chile", "Denmark", "Egypt"];
const adjectives = ["Quiet", "Second", "Long", "Hidden", "Last", "Blue"];
const nouns = ["River", "Garden", "Winter", "Library", "Voyage", "House"];
const shelves = 4;
const booksPerShelf = 30;

/** The 30 authors; some have no book. */
export function authors(): readonly Author[] {
  const random = seeded(1605);
  return Array.from({ length: 30 }, (_, index) => ({ id: index + 1, name: `${pick(firstNames, random)} ${pick(lastNames, random)}`, country: pick(countries, random) }));
}

/** The 120 books, shelf by shelf. Some have no author, some one that is not among the authors. */
export function books(): readonly Book[] {
  const random = seeded(1615);
  return Array.from({ length: shelves * booksPerShelf }, (_, index) => {
    const kind = random();
    const title = `The ${pick(adjectives, random)} ${pick(nouns, random)}`;
    return {
      id: index + 1,
      title: kind < 0.1 ? `${title}, "Revised"` : kind < 0.2 ? `${title}, or ${pick(nouns, random)}` : title,
      author: random() < 0.1 ? null : 1 + Math.floor(random() ** 1.5 * 33),
      year: 1950 + Math.floor(random() * 70),
      price: (5 + Math.floor(random() * 4000) / 100).toFixed(2),
    };
  });
}

/** The authors as JSON lines, and the books as CSV, a file a shelf. */
export function generate(): readonly GeneratedFile[] {
  const shelf = (number: number): string =>
    books()
      .slice((number - 1) * booksPerShelf, number * booksPerShelf)
      .map(({ id, title, author, year, price }) => `${id},${title.includes(",") ? `"${title.replaceAll('"', '""')}"` : title},${author ?? ""},${year},${price}\n`)
      .join("");
  return [
    { name: "authors/authors.json", text: authors().map((author) => `${JSON.stringify(author)}\n`).join("") },
    ...Array.from({ length: shelves }, (_, index) => ({ name: `books/shelf-${index + 1}.csv`, text: `id,title,author,year,price\n${shelf(index + 1)}` })),
  ];
}

/** `npx tsx examples/books-authors/generate.ts` writes the files anew. */
writeWhenRun(import.meta.url, generate);
