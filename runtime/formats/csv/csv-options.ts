/** How a job says that its CSV is written; the names are those of the language (and, but for `separator`, Spark's). */
export interface CsvOptions {
  /** The first line of a file names its columns. */
  readonly header?: boolean;
  /** With a header: columns are found by their place all the same, and the header is passed over (Spark's default). */
  readonly enforceSchema?: boolean;
  /** `,` where it is not given; one or more characters. */
  readonly separator?: string;
  /** `"` where it is not given; empty: no field is quoted. */
  readonly quote?: string;
  /** What stands before a quote within quotes: the quote itself where it is not given (RFC 4180). */
  readonly escape?: string;
  /** A text that is null, besides the empty field. */
  readonly nullValue?: string;
  /** `""` is null (Spark's default), not the empty string. */
  readonly emptyAsNull?: boolean;
  /** What `""` is read as in a column of texts. */
  readonly emptyValue?: string;
  readonly nanValue?: string;
  readonly positiveInf?: string;
  readonly negativeInf?: string;
  /** Lines that start with this character are passed over. */
  readonly comment?: string;
  readonly ignoreLeadingWhiteSpace?: boolean;
  readonly ignoreTrailingWhiteSpace?: boolean;
  /** Whether a quoted field may hold line ends: yes, where it is not given. */
  readonly multiLine?: boolean;
  readonly dateFormat?: string;
  readonly timestampFormat?: string;
  /** Of timestamps that name none. */
  readonly timeZone?: string;
}
