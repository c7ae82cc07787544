import { authors, type Book, books } from "../../examples/books-authors/generate.ts";
import { compare, grouped, json, sum } from "./plain-loops.ts";

/** What the job over two tables must give, by query; decimals are numbers in JSON. */
export function libraryAnswers(): Readonly<Record<string, readonly string[]>> {
  const people = authors().map((author) => ({ ...author, works: books().filter((book) => book.author === author.id) }));
  return {
    catalogue: json(
      people
        .flatMap(({ name, works }) => works.map(({ title, year }) => ({ title, name, year })))
        .sort((a, b) => compare(a.title, b.title) || a.year - b.year || compare(a.name, b.name)),
    ),
    by_author: people
      .map(({ id, name, works }) => ({ id, name, books: works.length, first: works.length === 0 ? null : Math.min(...works.map(({ year }) => year)), worth: works.length === 0 ? null : centsText(sum(works.map(cents))) }))
      .sort((a, b) => b.books - a.books || a.id - b.id)
      .map(({ id, name, books, first, worth }) => `{"id":${id},"name":${JSON.stringify(name)},"books":${books},"first":${first},"worth":${worth}}`),
    authors_without_books: json(people.filter(({ works }) => works.length === 0).map(({ id, name, country }) => ({ id, name, country }))),
  };
}

/** What the job over a stream of books must give, by query. */
export function shelfAnswers(): Readonly<Record<string, readonly string[]>> {
  const people = new Map(authors().map((author) => [author.id, author]));
  const written = books().map((book) => ({ book, author: book.author === null ? undefined : people.get(book.author) }));
  return {
    with_author: json(written.flatMap(({ book: { id, title }, author }) => (author === undefined ? [] : [{ id, title, name: author.name }]))),
    all_books: json(written.map(({ book: { id, title }, author }) => ({ id, title, name: author?.name ?? "unknown" }))),
    without_author: written
      .filter(({ author }) => author === undefined)
      .map(({ book }) => `{"id":${book.id},"title":${JSON.stringify(book.title)},"author":${book.author},"year":${book.year},"price":${book.price}}`),
    by_country: [...grouped(written.filter(({ author }) => author !== undefined), ({ author }) => author?.country ?? "")]
      .sort(([a, some], [b, others]) => others.length - some.length || compare(a, b))
      .map(([country, group]) => `{"country":"${country}","books":${group.length},"price":${averagePrice(group.map(({ book }) => book))}}`),
  };
}

function cents(book: Book): number {
  return Number(book.price.replace(".", ""));
}

function centsText(amount: number): string {
  return `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, "0")}`;
}

/** Half up at six decimal places, in whole millionths. */
function averagePrice(some: readonly Book[]): string {
  const total = BigInt(sum(some.map(cents))) * 10_000n;
  const count = BigInt(some.length);
  const millionths = (2n * total + count) / (2n * count);
  return `${millionths / 1_000_000n}.${String(millionths % 1_000_000n).padStart(6, "0")}`;
}
