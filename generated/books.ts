// Emitted from books.sluice; change the job and run `sluice build`.
//
// Sink catalogue [append] into memory
//   Sort title, year, name
//     Project title, name, year
//       Join inner on author = id
//         Table books: file, csv, reads title, author, year
//         Table authors: file, json, reads id, name
//
// Sink by_author [append] into memory
//   Sort books desc, id
//     Aggregate [snapshot] key=[id, name] books=count(id) first=min(year) worth=sum(price)   computed anew for each result
//       Join left on id = author
//         Table authors: file, json, reads id, name
//         Table books: file, csv, reads id, author, year, price
//
// Sink authors_without_books [append] into memory
//   Sort id
//     Join anti on id = author
//       Table authors: file, json, reads id, name, country
//       Table books: file, csv, reads author
import {
  asap,
  ascending,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  descending,
  type JsonWriter,
  minNumber,
  orOneNull,
  rowOrder,
  runMain,
  stringParam,
  sumDecimal,
  takeRows,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import {
  type AuthorsColumns,
  type AuthorsForAuthorsWithoutBooksColumns,
  authorsForAuthorsWithoutBooksReader,
  authorsReader,
  type BooksColumns,
  type BooksForAuthorsWithoutBooksColumns,
  booksForAuthorsWithoutBooksReader,
  type BooksForByAuthorColumns,
  booksForByAuthorReader,
  booksReader,
} from "./books.reader.ts";

/** A row of catalogue. */
export interface CatalogueRow {
  readonly title: string;
  readonly name: string;
  readonly year: number;
}

function writeCatalogue(row: CatalogueRow, out: JsonWriter): void {
  out.raw('{"title":');
  out.text(row.title);
  out.raw(',"name":');
  out.text(row.name);
  out.raw(',"year":');
  out.int(row.year);
  out.raw('}');
}

/** The query catalogue, line 22 of books.sluice. */
export const catalogue = defineQuery<CatalogueRow>({
  name: "catalogue",
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
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "shelves") }),
      format: "csv",
      reader: booksReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("catalogue"),
  needsCheckpoint: false,
  columns: [
    { name: "title", type: "string", nullable: false },
    { name: "name", type: "string", nullable: false },
    { name: "year", type: "int", nullable: false },
  ],
  encodeJson: writeCatalogue,
  plan: [
    "Sink catalogue [append] into memory",
    "  Sort title, year, name",
    "    Project title, name, year",
    "      Join inner on author = id",
    "        Table books: file, csv, reads title, author, year",
    "        Table authors: file, json, reads id, name",
  ].join("\n"),
  build(context) {
    const authorsTable = context.lookup<{ readonly id: number; readonly name: string }>({ key: { key1: "int" } });
    const resultRows: CatalogueRow[] = [];
    const resultOrder = rowOrder<CatalogueRow>(
      { title: "string", name: "string", year: "int" },
      ascending((row) => row.title, "string"),
      ascending((row) => row.year, "int"),
      ascending((row) => row.name, "string"),
    );

    // authors |> join    line 24
    function processAuthors(batch: ColumnBatch<AuthorsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const id = columns.id[row];
        authorsTable.add([id], { id, name: columns.name.text(row) });
      }
    }

    // books |> join authors |> order by    line 23
    function processBooks(batch: ColumnBatch<BooksColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        for (const authors of authorsTable.find([columns.author.get(row)])) {
          resultRows.push({ title: columns.title.text(row), name: authors.name, year: columns.year[row] });
        }
      }
    }

    function finish(): void {
      // order by |> into    line 26
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
          process: processAuthors,
        },
        books: processBooks,
      },
      finish,
    };
  },
});

/** A row of by_author. */
export interface ByAuthorRow {
  readonly id: number;
  readonly name: string;
  readonly books: number | bigint;
  readonly first: number | null;
  readonly worth: number | bigint | null;
}

function writeByAuthor(row: ByAuthorRow, out: JsonWriter): void {
  out.raw('{"id":');
  out.int(row.id);
  out.raw(',"name":');
  out.text(row.name);
  out.raw(',"books":');
  out.long(row.books);
  out.raw(',"first":');
  out.int(row.first);
  out.raw(',"worth":');
  out.decimal(row.worth, 2);
  out.raw('}');
}

/** The query by_author, line 29 of books.sluice. */
export const by_author = defineQuery<ByAuthorRow>({
  name: "by_author",
  mode: "append",
  trigger: () => asap,
  reads: {
    books: {
      input: "books",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "shelves") }),
      format: "csv",
      reader: booksForByAuthorReader,
      malformed: "fail",
    },
    authors: {
      input: "authors",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "people") }),
      format: "json",
      reader: authorsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("by_author"),
  needsCheckpoint: false,
  columns: [
    { name: "id", type: "int", nullable: false },
    { name: "name", type: "string", nullable: false },
    { name: "books", type: "long", nullable: false },
    { name: "first", type: "int", nullable: true },
    { name: "worth", type: "decimal(16,2)", nullable: true },
  ],
  encodeJson: writeByAuthor,
  plan: [
    "Sink by_author [append] into memory",
    "  Sort books desc, id",
    "    Aggregate [snapshot] key=[id, name] books=count(id) first=min(year) worth=sum(price)   computed anew for each result",
    "      Join left on id = author",
    "        Table authors: file, json, reads id, name",
    "        Table books: file, csv, reads id, author, year, price",
  ].join("\n"),
  build(context) {
    const by_authorGroups = context.scratchGroups({
      key: { id: "int", name: "string" },
      lanes: () => ({ books: count(), first: minNumber(), worth: sumDecimal(16, 2) }),
    });
    const booksTable = context.lookup<{ readonly id: number; readonly author: number | null; readonly year: number; readonly price: number | bigint }>({ key: { key1: "int" } });
    const resultRows: ByAuthorRow[] = [];
    const resultOrder = rowOrder<ByAuthorRow>(
      { id: "int", name: "string", books: "long", first: "int?", worth: "decimal(16,2)?" },
      descending((row) => row.books, "long"),
      ascending((row) => row.id, "int"),
    );

    // books |> join    line 31
    function processBooks(batch: ColumnBatch<BooksForByAuthorColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const author = columns.author.get(row);
        if (author === null) continue;
        booksTable.add([author], { id: columns.id[row], author, year: columns.year[row], price: columns.price.get(row) });
      }
    }

    // authors |> join books |> aggregate    line 32
    function processAuthors(batch: ColumnBatch<AuthorsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const id = columns.id[row];
          for (const books of orOneNull(booksTable.find([id]))) {
            const id2 = books === null ? null : books.id;
            const year = books === null ? null : books.year;
            const price = books === null ? null : books.price;
            const slot = by_authorGroups.slot(id, columns.name.key(row));
            if (id2 !== null) by_authorGroups.lanes.books.add(slot);
            if (year !== null) by_authorGroups.lanes.first.add(slot, year);
            if (price !== null) by_authorGroups.lanes.worth.add(slot, price);
          }
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // by_author/aggregate |> order by    line 32
      const groups = by_authorGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          id: groups.keys.id.get(slot),
          name: groups.keys.name.get(slot),
          books: groups.lanes.books.get(slot),
          first: groups.lanes.first.get(slot),
          worth: groups.lanes.worth.get(slot),
        });
      }

      // order by |> into    line 36
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return {
      reads: {
        books: {
          begin() {
            booksTable.clear();
          },
          process: processBooks,
        },
        authors: {
          begin() {
            by_authorGroups.clear();
          },
          process: processAuthors,
        },
      },
      finish,
    };
  },
});

/** A row of authors_without_books. */
export interface AuthorsWithoutBooksRow {
  readonly id: number;
  readonly name: string;
  readonly country: string;
}

function writeAuthorsWithoutBooks(row: AuthorsWithoutBooksRow, out: JsonWriter): void {
  out.raw('{"id":');
  out.int(row.id);
  out.raw(',"name":');
  out.text(row.name);
  out.raw(',"country":');
  out.text(row.country);
  out.raw('}');
}

/** The query authors_without_books, line 39 of books.sluice. */
export const authors_without_books = defineQuery<AuthorsWithoutBooksRow>({
  name: "authors_without_books",
  mode: "append",
  trigger: () => asap,
  reads: {
    books: {
      input: "books",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "shelves") }),
      format: "csv",
      reader: booksForAuthorsWithoutBooksReader,
      malformed: "fail",
    },
    authors: {
      input: "authors",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "people") }),
      format: "json",
      reader: authorsForAuthorsWithoutBooksReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("authors_without_books"),
  needsCheckpoint: false,
  columns: [
    { name: "id", type: "int", nullable: false },
    { name: "name", type: "string", nullable: false },
    { name: "country", type: "string", nullable: false },
  ],
  encodeJson: writeAuthorsWithoutBooks,
  plan: [
    "Sink authors_without_books [append] into memory",
    "  Sort id",
    "    Join anti on id = author",
    "      Table authors: file, json, reads id, name, country",
    "      Table books: file, csv, reads author",
  ].join("\n"),
  build(context) {
    const booksTable = context.lookup<{ readonly author: number | null }>({ key: { key1: "int" } });
    const resultRows: AuthorsWithoutBooksRow[] = [];
    const resultOrder = rowOrder<AuthorsWithoutBooksRow>({ id: "int", name: "string", country: "string" }, ascending((row) => row.id, "int"));

    // books |> join    line 41
    function processBooks(batch: ColumnBatch<BooksForAuthorsWithoutBooksColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const author = columns.author.get(row);
        if (author === null) continue;
        booksTable.add([author], { author });
      }
    }

    // authors |> join books |> order by    line 40
    function processAuthors(batch: ColumnBatch<AuthorsForAuthorsWithoutBooksColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const id = columns.id[row];
        if (booksTable.has([id])) continue;
        resultRows.push({ id, name: columns.name.text(row), country: columns.country.text(row) });
      }
    }

    function finish(): void {
      // order by |> into    line 42
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return {
      reads: {
        books: {
          begin() {
            booksTable.clear();
          },
          process: processBooks,
        },
        authors: processAuthors,
      },
      finish,
    };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "books",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    shelves: { type: "string", default: () => "examples/books-authors/data/books" },
    people: { type: "string", default: () => "examples/books-authors/data/authors" },
  },
  queries: [catalogue, by_author, authors_without_books],
  sideOutputs: [],
});

await runMain(import.meta, job);
