// Emitted from books-stream.sluice; change the job and run `sluice build`.
//
// Sink with_author [append] into memory
//   Project id, title, name
//     Join inner on author = id
//       Source books: file, csv, reads id, title, author where author is not null
//       Table authors: file, json, reads id, name
//
// Sink all_books [append] into memory
//   Project id, title, coalesce(name, "unknown") as name
//     Join left on author = id
//       Source books: file, csv, reads id, title, author
//       Table authors: file, json, reads id, name
//
// Sink without_author [append] into memory
//   Join anti on author = id
//     Source books: file, csv, reads id, title, author, year, price
//     Table authors: file, json, reads id
//
// Sink by_country [complete] into memory
//   Sort books desc, country
//     Aggregate [snapshot] key=[country] books=count() price=avg(price)   state by_country/aggregate: keys
//       Join inner on author = id
//         Source books: file, csv, reads author, price where author is not null
//         Table authors: file, json, reads id, country
import {
  asap,
  ascending,
  averageDecimal,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  descending,
  type JsonWriter,
  orOneNull,
  rowOrder,
  runMain,
  stringParam,
  takeRows,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import {
  type AuthorsColumns,
  type AuthorsForByCountryColumns,
  authorsForByCountryReader,
  type AuthorsForWithoutAuthorColumns,
  authorsForWithoutAuthorReader,
  authorsReader,
  type BooksColumns,
  type BooksForAllBooksColumns,
  booksForAllBooksReader,
  type BooksForByCountryColumns,
  booksForByCountryReader,
  type BooksForWithoutAuthorColumns,
  booksForWithoutAuthorReader,
  booksReader,
} from "./books-stream.reader.ts";

/** A row of with_author. */
export interface WithAuthorRow {
  readonly id: number;
  readonly title: string;
  readonly name: string;
}

function writeWithAuthor(row: WithAuthorRow, out: JsonWriter): void {
  out.raw('{"id":');
  out.int(row.id);
  out.raw(',"title":');
  out.text(row.title);
  out.raw(',"name":');
  out.text(row.name);
  out.raw('}');
}

/** The query with_author, line 22 of books-stream.sluice. */
export const with_author = defineQuery<WithAuthorRow>({
  name: "with_author",
  mode: "append",
  trigger: () => asap,
  reads: {
    authors: {
      input: "authors",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "people") }),
      format: "json",
      reader: authorsReader,
      malformed: "fail",
    },
    books: {
      input: "books",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "shelves"), maxFilesPerTrigger: 1 }),
      format: "csv",
      reader: booksReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("with_author"),
  needsCheckpoint: false,
  columns: [
    { name: "id", type: "int", nullable: false },
    { name: "title", type: "string", nullable: false },
    { name: "name", type: "string", nullable: false },
  ],
  encodeJson: writeWithAuthor,
  plan: [
    "Sink with_author [append] into memory",
    "  Project id, title, name",
    "    Join inner on author = id",
    "      Source books: file, csv, reads id, title, author where author is not null",
    "      Table authors: file, json, reads id, name",
  ].join("\n"),
  build(context) {
    const authorsTable = context.lookup<{ readonly id: number; readonly name: string }>({ key: { key1: "int" } });

    // authors |> join    line 24
    function loadAuthors(batch: ColumnBatch<AuthorsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const id = columns.id[row];
        authorsTable.add([id], { id, name: columns.name.text(row) });
      }
    }

    // books |> join authors |> into    line 23
    function process(batch: ColumnBatch<BooksColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        for (const authors of authorsTable.find([columns.author.get(row)])) {
          context.output.insert({ id: columns.id[row], title: columns.title.text(row), name: authors.name });
        }
      }
    }

    return {
      reads: {
        authors: {
          begin() {
            authorsTable.clear();
          },
          process: loadAuthors,
        },
        books: process,
      },
    };
  },
});

/** A row of all_books. */
export interface AllBooksRow {
  readonly id: number;
  readonly title: string;
  readonly name: string;
}

function writeAllBooks(row: AllBooksRow, out: JsonWriter): void {
  out.raw('{"id":');
  out.int(row.id);
  out.raw(',"title":');
  out.text(row.title);
  out.raw(',"name":');
  out.text(row.name);
  out.raw('}');
}

/** The query all_books, line 28 of books-stream.sluice. */
export const all_books = defineQuery<AllBooksRow>({
  name: "all_books",
  mode: "append",
  trigger: () => asap,
  reads: {
    authors: {
      input: "authors",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "people") }),
      format: "json",
      reader: authorsReader,
      malformed: "fail",
    },
    books: {
      input: "books",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "shelves"), maxFilesPerTrigger: 1 }),
      format: "csv",
      reader: booksForAllBooksReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("all_books"),
  needsCheckpoint: false,
  columns: [
    { name: "id", type: "int", nullable: false },
    { name: "title", type: "string", nullable: false },
    { name: "name", type: "string", nullable: false },
  ],
  encodeJson: writeAllBooks,
  plan: [
    "Sink all_books [append] into memory",
    "  Project id, title, coalesce(name, \"unknown\") as name",
    "    Join left on author = id",
    "      Source books: file, csv, reads id, title, author",
    "      Table authors: file, json, reads id, name",
  ].join("\n"),
  build(context) {
    const authorsTable = context.lookup<{ readonly id: number; readonly name: string }>({ key: { key1: "int" } });

    // authors |> join    line 30
    function loadAuthors(batch: ColumnBatch<AuthorsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const id = columns.id[row];
        authorsTable.add([id], { id, name: columns.name.text(row) });
      }
    }

    // books |> join authors |> select |> into    line 29
    function process(batch: ColumnBatch<BooksForAllBooksColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        for (const authors of orOneNull(authorsTable.find([columns.author.get(row)]))) {
          const name = authors === null ? null : authors.name;
          context.output.insert({ id: columns.id[row], title: columns.title.text(row), name: name ?? "unknown" });
        }
      }
    }

    return {
      reads: {
        authors: {
          begin() {
            authorsTable.clear();
          },
          process: loadAuthors,
        },
        books: process,
      },
    };
  },
});

/** A row of without_author. */
export interface WithoutAuthorRow {
  readonly id: number;
  readonly title: string;
  readonly author: number | null;
  readonly year: number;
  readonly price: number | bigint;
}

function writeWithoutAuthor(row: WithoutAuthorRow, out: JsonWriter): void {
  out.raw('{"id":');
  out.int(row.id);
  out.raw(',"title":');
  out.text(row.title);
  out.raw(',"author":');
  out.int(row.author);
  out.raw(',"year":');
  out.int(row.year);
  out.raw(',"price":');
  out.decimal(row.price, 2);
  out.raw('}');
}

/** The query without_author, line 34 of books-stream.sluice. */
export const without_author = defineQuery<WithoutAuthorRow>({
  name: "without_author",
  mode: "append",
  trigger: () => asap,
  reads: {
    authors: {
      input: "authors",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "people") }),
      format: "json",
      reader: authorsForWithoutAuthorReader,
      malformed: "fail",
    },
    books: {
      input: "books",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "shelves"), maxFilesPerTrigger: 1 }),
      format: "csv",
      reader: booksForWithoutAuthorReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("without_author"),
  needsCheckpoint: false,
  columns: [
    { name: "id", type: "int", nullable: false },
    { name: "title", type: "string", nullable: false },
    { name: "author", type: "int", nullable: true },
    { name: "year", type: "int", nullable: false },
    { name: "price", type: "decimal(6,2)", nullable: false },
  ],
  encodeJson: writeWithoutAuthor,
  plan: [
    "Sink without_author [append] into memory",
    "  Join anti on author = id",
    "    Source books: file, csv, reads id, title, author, year, price",
    "    Table authors: file, json, reads id",
  ].join("\n"),
  build(context) {
    const authorsTable = context.lookup<{ readonly id: number }>({ key: { key1: "int" } });

    // authors |> join    line 36
    function loadAuthors(batch: ColumnBatch<AuthorsForWithoutAuthorColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const id = columns.id[row];
        authorsTable.add([id], { id });
      }
    }

    // books |> join authors |> into    line 35
    function process(batch: ColumnBatch<BooksForWithoutAuthorColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const author = columns.author.get(row);
        if (authorsTable.has([author])) continue;
        context.output.insert({
          id: columns.id[row],
          title: columns.title.text(row),
          author,
          year: columns.year[row],
          price: columns.price.get(row),
        });
      }
    }

    return {
      reads: {
        authors: {
          begin() {
            authorsTable.clear();
          },
          process: loadAuthors,
        },
        books: process,
      },
    };
  },
});

/** A row of by_country. */
export interface ByCountryRow {
  readonly country: string;
  readonly books: number | bigint;
  readonly price: number | bigint | null;
}

function writeByCountry(row: ByCountryRow, out: JsonWriter): void {
  out.raw('{"country":');
  out.text(row.country);
  out.raw(',"books":');
  out.long(row.books);
  out.raw(',"price":');
  out.decimal(row.price, 6);
  out.raw('}');
}

/** The query by_country, line 39 of books-stream.sluice. */
export const by_country = defineQuery<ByCountryRow>({
  name: "by_country",
  mode: "complete",
  trigger: () => asap,
  reads: {
    authors: {
      input: "authors",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "people") }),
      format: "json",
      reader: authorsForByCountryReader,
      malformed: "fail",
    },
    books: {
      input: "books",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "shelves"), maxFilesPerTrigger: 1 }),
      format: "csv",
      reader: booksForByCountryReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("by_country"),
  needsCheckpoint: false,
  columns: [
    { name: "country", type: "string", nullable: false },
    { name: "books", type: "long", nullable: false },
    { name: "price", type: "decimal(10,6)", nullable: true },
  ],
  encodeJson: writeByCountry,
  plan: [
    "Sink by_country [complete] into memory",
    "  Sort books desc, country",
    "    Aggregate [snapshot] key=[country] books=count() price=avg(price)   state by_country/aggregate: keys",
    "      Join inner on author = id",
    "        Source books: file, csv, reads author, price where author is not null",
    "        Table authors: file, json, reads id, country",
  ].join("\n"),
  build(context) {
    const by_countryGroups = context.groups("by_country/aggregate", {
      key: { country: "string" },
      lanes: () => ({ books: count(), price: averageDecimal(6, 2, 10, 6) }),
    });
    const authorsTable = context.lookup<{ readonly id: number; readonly country: string }>({ key: { key1: "int" } });
    const resultRows: ByCountryRow[] = [];
    const resultOrder = rowOrder<ByCountryRow>(
      { country: "string", books: "long", price: "decimal(10,6)?" },
      descending((row) => row.books, "long"),
      ascending((row) => row.country, "string"),
    );

    // authors |> join    line 41
    function loadAuthors(batch: ColumnBatch<AuthorsForByCountryColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const id = columns.id[row];
        authorsTable.add([id], { id, country: columns.country.text(row) });
      }
    }

    // books |> join authors |> aggregate    line 42
    function process(batch: ColumnBatch<BooksForByCountryColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          for (const authors of authorsTable.find([columns.author.get(row)])) {
            const slot = by_countryGroups.slot(authors.country);
            by_countryGroups.lanes.books.add(slot);
            by_countryGroups.lanes.price.add(slot, columns.price.get(row));
          }
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // by_country/aggregate |> order by    line 42
      const groups = by_countryGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          country: groups.keys.country.get(slot),
          books: groups.lanes.books.get(slot),
          price: groups.lanes.price.get(slot),
        });
      }

      // order by |> into    line 43
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return {
      reads: {
        authors: {
          begin() {
            authorsTable.clear();
          },
          process: loadAuthors,
        },
        books: process,
      },
      finish,
    };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "books-stream",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    shelves: { type: "string", default: () => "examples/books-authors/data/books" },
    people: { type: "string", default: () => "examples/books-authors/data/authors" },
  },
  queries: [with_author, all_books, without_author, by_country],
  sideOutputs: [],
});

await runMain(import.meta, job);
