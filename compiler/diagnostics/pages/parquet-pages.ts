import type { Page } from "./page.ts";

/** E5090 and R777x: Parquet files. */
export const parquetPages: readonly Page[] = [
  {
    code: "E5090",
    title: "parquet-column",
    meaning: "A schema is to be read from a Parquet file, and one of its columns is of a kind that the language has no type for: a time of day, an interval, BSON.",
    mending: "Write the fields that the job reads: `schema NAME { … }`. Columns that are not declared are not read.",
    example: {
      given: "option inferSchema = true",
      bad: 'schema Shop from parquet("shops.parquet")\nsource shops: Shop from file("shops/", format: "parquet")\nsink out = shops into console()',
      good: 'schema Shop { name: string }\nsource shops: Shop from file("shops/", format: "parquet")\nsink out = shops into console()',
      // A footer with the one column `opens`, a time of day.
      files: { "shops.parquet": "base64:UEFSMRUEGSxIAXMVAgAVBCUCGAVvcGVucyUQABYAGQAoAXgZHBwAAAAlAAAAUEFSMQ==" },
    },
  },
  {
    code: "R7770",
    title: "damaged Parquet file",
    meaning: "A file does not end as Parquet files do, or what its footer and its pages say does not hold: it is another kind of file, was cut off, or has been changed.",
    mending: "Say that a damaged file is passed over, as one malformed record behind the rows that could be read of it: `malformed: \"drop\"`, or the name of a side output. Or take it away and read with `ignoreMissingFiles: true`. What it was to hold can be written again under another name.",
  },
  {
    code: "R7771",
    title: "encrypted Parquet file",
    meaning: "The footer or a column of a file is encrypted. There is no way to give keys.",
    mending: "Write the file without encryption, or leave it out by a pattern in the path.",
  },
  {
    code: "R7772",
    title: "column is missing in a Parquet file",
    meaning: "The schema declares a column that may not be null, and a file has no column of that name. A column with `?` is null where a file does not have it. Names are compared letter by letter.",
    mending: "Mend the name, or declare the column with `?`.",
  },
  {
    code: "R7773",
    title: "Parquet column is of another type",
    meaning: "A file has a column of the declared name whose values cannot be read as the declared type: a text where a number is declared, a decimal with more digits behind the point, a record where a list is declared. Whole numbers may be read as a wider or a narrower type; one that does not fit makes its row malformed.",
    mending: "Declare the column as the file has it; `schema NAME from parquet(\"…\")` says how.",
  },
  {
    code: "R7774",
    title: "codec or encoding of a Parquet file",
    meaning: "A file is compressed with LZO, or encoded in a way that is no longer in use. Snappy, gzip, zstd, lz4, lz4_raw and brotli are read.",
    mending: "Write the file with another codec or encoding.",
  },
  {
    code: "R7775",
    title: "page of a Parquet file is too large",
    meaning: "A page is in memory as a whole once it is unpacked, and a few bytes of repeats can stand for any number of them. Up to 256 MiB are read, up to 16,777,216 entries of a dictionary or numbers in a delta encoding, and 256 MiB of beginnings that values share with those before them (DELTA_BYTE_ARRAY). Pages are of about 1 MiB as they are usually written.",
    mending: "Write the file with smaller pages.",
  },
];
