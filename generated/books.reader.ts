// Emitted from books.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import {
  checkDecimal,
  checkInt,
  checkText,
  csvFraming,
  CsvRecords,
  deviates,
  endOfCsvRecord,
  endOfRecord,
  isEmptyField,
  JsonRecords,
  Longs,
  NullableNumbers,
  Numbers,
  readCsvText,
  readDecimal,
  type ReaderDefinition,
  readInt,
  readText,
  skipCsvField,
  skipValue,
  Texts,
} from "../runtime/index.ts";

/** Columns of authors that the job reads. */
export interface AuthorsColumns {
  readonly id: Float64Array;
  readonly name: Texts;
}

/** Reads authors: id, name, country of each JSON line. */
export const authorsReader: ReaderDefinition<AuthorsColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["id", "int"],
      ["name", "string"],
      ["country", "string"],
    ]);
    const id = records.lane("id", new Numbers());
    const name = records.lane("name", new Texts(records.text));

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"id":
      if (view.getInt32(at, true) !== 1_684_611_707 || view.getInt32(at + 2, true) !== 975_332_457) return deviates;
      at = readInt(input, at + 6, id, row);
      // ,"name":
      if (at < 0 || view.getFloat64(at, true) !== 1.1609634555129769e-28) return deviates;
      at = readText(input, view, at + 8, name, row);
      // ,"country":
      if (at < 0 || view.getFloat64(at, true) !== 2.1797983942574774e+243 || view.getFloat64(at + 3, true) !== 1.1658987224703047e-28) return deviates;
      at = checkText(input, view, at + 11);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readInt(input, at, id, row);
        case 1: return readText(input, view, at, name, row);
        case 2: return checkText(input, view, at);
        default: return skipValue(input, view, at);
      }
    }

    return {
      read(chunk) {
        const { bytes: input, view, start, end, plainEnd } = records.begin(chunk);
        let row = 0;
        for (let at = start; at < end; ) {
          let next = at < plainEnd ? readInOrder(input, view, at, row) : deviates;
          if (next < 0 && at < plainEnd) next = records.readAnyOrder(at, row, readColumn);
          if (next >= 0) {
            records.accept(at, row);
            row++;
            at = next;
            continue;
          }
          // What deviates is decoded exactly; a line may hold no record, or an array of them.
          for (let left = records.decode(at); left > 0; left--) {
            records.store(row);
            row++;
          }
          at = records.next;
        }
        return records.batch(row, { id: id.values, name });
      },
    };
  },
};

/** Columns of books that the job reads. */
export interface BooksColumns {
  readonly title: Texts;
  readonly author: NullableNumbers;
  readonly year: Float64Array;
}

/** Reads books: id, title, author, year, price of each CSV record. */
export const booksReader: ReaderDefinition<BooksColumns> = {
  framing: csvFraming(),
  create(context) {
    const records = new CsvRecords(context, [
      ["id", "int"],
      ["title", "string"],
      ["author", "int?"],
      ["year", "int"],
      ["price", "decimal(6,2)"],
    ], { header: true });
    const title = records.lane("title", new Texts(records.text));
    const author = records.lane("author", new NullableNumbers());
    const year = records.lane("year", new Numbers());

    // The record as it is mostly written: fields without quotes, or quoted on one line. 44 is the comma.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // id
      at = checkInt(input, at);
      // title
      if (at < 0 || input[at++] !== 44) return deviates;
      at = readCsvText(input, view, at, 44, title, row);
      // author
      if (at < 0 || input[at++] !== 44) return deviates;
      if (isEmptyField(input, at, 44)) author.putNull(row);
      else at = readInt(input, at, author, row);
      // year
      if (at < 0 || input[at++] !== 44) return deviates;
      at = readInt(input, at, year, row);
      // price
      if (at < 0 || input[at++] !== 44) return deviates;
      at = checkDecimal(input, at, 6, 2);
      return at < 0 ? deviates : endOfCsvRecord(input, at);
    }

    // The field of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0:
          return checkInt(input, at);
        case 1:
          return readCsvText(input, view, at, 44, title, row);
        case 2:
          if (isEmptyField(input, at, 44)) author.putNull(row);
          else at = readInt(input, at, author, row);
          return at;
        case 3:
          return readInt(input, at, year, row);
        case 4:
          return checkDecimal(input, at, 6, 2);
        default: return skipCsvField(input, view, at, 44);
      }
    }

    return {
      read(chunk) {
        const { bytes: input, view, start, end, plainEnd, inOrder } = records.begin(chunk);
        let row = 0;
        for (let at = start; at < end; ) {
          let next = at >= plainEnd ? deviates : inOrder ? readInOrder(input, view, at, row) : records.readByHeader(at, row, readColumn);
          if (next < 0) {
            // What deviates is decoded exactly; a line may hold no record.
            next = records.decode(at, row);
            if (!records.hasRow) {
              at = next;
              continue;
            }
          }
          records.accept(at, row);
          at = next;
          row++;
        }
        return records.batch(row, { title, author, year: year.values });
      },
    };
  },
};

/** Columns of books that the job reads. */
export interface BooksForByAuthorColumns {
  readonly id: Float64Array;
  readonly author: NullableNumbers;
  readonly year: Float64Array;
  readonly price: Longs;
}

/** Reads books: id, title, author, year, price of each CSV record. */
export const booksForByAuthorReader: ReaderDefinition<BooksForByAuthorColumns> = {
  framing: csvFraming(),
  create(context) {
    const records = new CsvRecords(context, [
      ["id", "int"],
      ["title", "string"],
      ["author", "int?"],
      ["year", "int"],
      ["price", "decimal(6,2)"],
    ], { header: true });
    const id = records.lane("id", new Numbers());
    const author = records.lane("author", new NullableNumbers());
    const year = records.lane("year", new Numbers());
    const price = records.lane("price", new Longs());

    // The record as it is mostly written: fields without quotes, or quoted on one line. 44 is the comma.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // id
      at = readInt(input, at, id, row);
      // title
      if (at < 0 || input[at++] !== 44) return deviates;
      at = isEmptyField(input, at, 44) || input[at] === 34 ? deviates : skipCsvField(input, view, at, 44);
      // author
      if (at < 0 || input[at++] !== 44) return deviates;
      if (isEmptyField(input, at, 44)) author.putNull(row);
      else at = readInt(input, at, author, row);
      // year
      if (at < 0 || input[at++] !== 44) return deviates;
      at = readInt(input, at, year, row);
      // price
      if (at < 0 || input[at++] !== 44) return deviates;
      at = readDecimal(input, at, 6, 2, price, row);
      return at < 0 ? deviates : endOfCsvRecord(input, at);
    }

    // The field of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0:
          return readInt(input, at, id, row);
        case 1:
          return isEmptyField(input, at, 44) || input[at] === 34 ? deviates : skipCsvField(input, view, at, 44);
        case 2:
          if (isEmptyField(input, at, 44)) author.putNull(row);
          else at = readInt(input, at, author, row);
          return at;
        case 3:
          return readInt(input, at, year, row);
        case 4:
          return readDecimal(input, at, 6, 2, price, row);
        default: return skipCsvField(input, view, at, 44);
      }
    }

    return {
      read(chunk) {
        const { bytes: input, view, start, end, plainEnd, inOrder } = records.begin(chunk);
        let row = 0;
        for (let at = start; at < end; ) {
          let next = at >= plainEnd ? deviates : inOrder ? readInOrder(input, view, at, row) : records.readByHeader(at, row, readColumn);
          if (next < 0) {
            // What deviates is decoded exactly; a line may hold no record.
            next = records.decode(at, row);
            if (!records.hasRow) {
              at = next;
              continue;
            }
          }
          records.accept(at, row);
          at = next;
          row++;
        }
        return records.batch(row, { id: id.values, author, year: year.values, price });
      },
    };
  },
};

/** Columns of books that the job reads. */
export interface BooksForAuthorsWithoutBooksColumns {
  readonly author: NullableNumbers;
}

/** Reads books: id, title, author, year, price of each CSV record. */
export const booksForAuthorsWithoutBooksReader: ReaderDefinition<BooksForAuthorsWithoutBooksColumns> = {
  framing: csvFraming(),
  create(context) {
    const records = new CsvRecords(context, [
      ["id", "int"],
      ["title", "string"],
      ["author", "int?"],
      ["year", "int"],
      ["price", "decimal(6,2)"],
    ], { header: true });
    const author = records.lane("author", new NullableNumbers());

    // The record as it is mostly written: fields without quotes, or quoted on one line. 44 is the comma.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // id
      at = checkInt(input, at);
      // title
      if (at < 0 || input[at++] !== 44) return deviates;
      at = isEmptyField(input, at, 44) || input[at] === 34 ? deviates : skipCsvField(input, view, at, 44);
      // author
      if (at < 0 || input[at++] !== 44) return deviates;
      if (isEmptyField(input, at, 44)) author.putNull(row);
      else at = readInt(input, at, author, row);
      // year
      if (at < 0 || input[at++] !== 44) return deviates;
      at = checkInt(input, at);
      // price
      if (at < 0 || input[at++] !== 44) return deviates;
      at = checkDecimal(input, at, 6, 2);
      return at < 0 ? deviates : endOfCsvRecord(input, at);
    }

    // The field of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0:
          return checkInt(input, at);
        case 1:
          return isEmptyField(input, at, 44) || input[at] === 34 ? deviates : skipCsvField(input, view, at, 44);
        case 2:
          if (isEmptyField(input, at, 44)) author.putNull(row);
          else at = readInt(input, at, author, row);
          return at;
        case 3:
          return checkInt(input, at);
        case 4:
          return checkDecimal(input, at, 6, 2);
        default: return skipCsvField(input, view, at, 44);
      }
    }

    return {
      read(chunk) {
        const { bytes: input, view, start, end, plainEnd, inOrder } = records.begin(chunk);
        let row = 0;
        for (let at = start; at < end; ) {
          let next = at >= plainEnd ? deviates : inOrder ? readInOrder(input, view, at, row) : records.readByHeader(at, row, readColumn);
          if (next < 0) {
            // What deviates is decoded exactly; a line may hold no record.
            next = records.decode(at, row);
            if (!records.hasRow) {
              at = next;
              continue;
            }
          }
          records.accept(at, row);
          at = next;
          row++;
        }
        return records.batch(row, { author });
      },
    };
  },
};

/** Columns of authors that the job reads. */
export interface AuthorsForAuthorsWithoutBooksColumns {
  readonly id: Float64Array;
  readonly name: Texts;
  readonly country: Texts;
}

/** Reads authors: id, name, country of each JSON line. */
export const authorsForAuthorsWithoutBooksReader: ReaderDefinition<AuthorsForAuthorsWithoutBooksColumns> = {
  create(context) {
    const records = new JsonRecords(context, [
      ["id", "int"],
      ["name", "string"],
      ["country", "string"],
    ]);
    const id = records.lane("id", new Numbers());
    const name = records.lane("name", new Texts(records.text));
    const country = records.lane("country", new Texts(records.text));

    // The record as it is mostly written: every key in this order, without spaces. The text before a value is compared many bytes
    // at a time, as the numbers that they make.
    function readInOrder(input: Uint8Array, view: DataView, at: number, row: number): number {
      // {"id":
      if (view.getInt32(at, true) !== 1_684_611_707 || view.getInt32(at + 2, true) !== 975_332_457) return deviates;
      at = readInt(input, at + 6, id, row);
      // ,"name":
      if (at < 0 || view.getFloat64(at, true) !== 1.1609634555129769e-28) return deviates;
      at = readText(input, view, at + 8, name, row);
      // ,"country":
      if (at < 0 || view.getFloat64(at, true) !== 2.1797983942574774e+243 || view.getFloat64(at + 3, true) !== 1.1658987224703047e-28) return deviates;
      at = readText(input, view, at + 11, country, row);
      return at < 0 ? deviates : endOfRecord(input, at);
    }

    // The value of one column, wherever in the record it stands.
    function readColumn(column: number, input: Uint8Array, view: DataView, at: number, row: number): number {
      switch (column) {
        case 0: return readInt(input, at, id, row);
        case 1: return readText(input, view, at, name, row);
        case 2: return readText(input, view, at, country, row);
        default: return skipValue(input, view, at);
      }
    }

    return {
      read(chunk) {
        const { bytes: input, view, start, end, plainEnd } = records.begin(chunk);
        let row = 0;
        for (let at = start; at < end; ) {
          let next = at < plainEnd ? readInOrder(input, view, at, row) : deviates;
          if (next < 0 && at < plainEnd) next = records.readAnyOrder(at, row, readColumn);
          if (next >= 0) {
            records.accept(at, row);
            row++;
            at = next;
            continue;
          }
          // What deviates is decoded exactly; a line may hold no record, or an array of them.
          for (let left = records.decode(at); left > 0; left--) {
            records.store(row);
            row++;
          }
          at = records.next;
        }
        return records.batch(row, { id: id.values, name, country });
      },
    };
  },
};
