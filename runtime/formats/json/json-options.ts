/** What a JSON text may look like beyond the standard; the names and defaults are Spark's (JSONOptions). */
export interface JsonSyntax {
  /** Comments in the manner of C and C++. */
  readonly allowComments?: boolean;
  /** Allowed where it is not given. */
  readonly allowSingleQuotes?: boolean;
  readonly allowUnquotedFieldNames?: boolean;
  /** `NaN` and `Infinity` without quotes; allowed where it is not given. */
  readonly allowNonNumericNumbers?: boolean;
  readonly allowNumericLeadingZeros?: boolean;
  readonly allowUnquotedControlChars?: boolean;
  readonly allowBackslashEscapingAnyCharacter?: boolean;
}

/** How a job says that its JSON is written. */
export interface JsonOptions extends JsonSyntax {
  /** A file is one value or an array of records, on as many lines as it takes. */
  readonly multiLine?: boolean;
  /** Of inference only: a declared column has its type. */
  readonly primitivesAsString?: boolean;
  readonly dateFormat?: string;
  readonly timestampFormat?: string;
  /** Of timestamps that name none. */
  readonly timeZone?: string;
}
