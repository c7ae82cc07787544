/**
 * What can go wrong in an expression on one row, under Spark's names of the conditions (error-conditions.json), with our
 * code for each; those of imported functions (`USER_…` but the exception) are ours. `R71` is the family of row errors.
 */
const codes = {
  ARITHMETIC_OVERFLOW: "R7101",
  BINARY_ARITHMETIC_OVERFLOW: "R7101",
  DATETIME_OVERFLOW: "R7101",
  NUMERIC_VALUE_OUT_OF_RANGE: "R7102",
  NUMERIC_OUT_OF_SUPPORTED_RANGE: "R7102",
  DIVIDE_BY_ZERO: "R7103",
  REMAINDER_BY_ZERO: "R7104",
  INTERVAL_DIVIDED_BY_ZERO: "R7103",
  CAST_INVALID_INPUT: "R7110",
  CAST_OVERFLOW: "R7111",
  TIMESTAMP_NOT_REPRESENTABLE: "R7112",
  CANNOT_PARSE_TIMESTAMP: "R7113",
  DATETIME_FIELD_OUT_OF_BOUNDS: "R7114",
  INVALID_FRACTION_OF_SECOND: "R7114",
  ILLEGAL_DAY_OF_WEEK: "R7115",
  INVALID_TIMEZONE: "R7116",
  INVALID_ARRAY_INDEX: "R7120",
  INVALID_ARRAY_INDEX_IN_ELEMENT_AT: "R7120",
  INVALID_INDEX_OF_ZERO: "R7121",
  INVALID_PARAMETER_VALUE: "R7122",
  INVALID_REGEXP_REPLACE: "R7123",
  INVALID_FORMAT: "R7124",
  INVALID_INTERVAL_FORMAT: "R7110",
  MALFORMED_RECORD_IN_PARSING: "R7125",
  MALFORMED_CHARACTER_CODING: "R7140",
  CONVERSION_INVALID_INPUT: "R7141",
  CANNOT_DECODE_URL: "R7142",
  INVALID_URL: "R7143",
  USER_RAISED_EXCEPTION: "R7144",
  DUPLICATED_MAP_KEY: "R7130",
  NULL_MAP_KEY: "R7131",
  COLLECTION_SIZE_LIMIT_EXCEEDED: "R7132",
  _LEGACY_ERROR_TEMP_2128: "R7133",
  USER_RESULT_TYPE: "R7150",
  USER_RESULT_RANGE: "R7151",
  USER_ARGUMENT_RANGE: "R7152",
} as const;

export type RowErrorCondition = keyof typeof codes;

/** The conditions that an expression may fail by. */
export const rowErrorConditions: ReadonlySet<string> = new Set(Object.keys(codes));

/**
 * An expression failed on one row: the batch fails with the row's position, unless a `try_…` function asked for null.
 * The message says which value and what happened to it, lower case, without a full stop.
 */
export class RowError extends Error {
  readonly code: (typeof codes)[RowErrorCondition];
  readonly condition: RowErrorCondition;

  constructor(condition: RowErrorCondition, message: string) {
    super(message);
    this.name = "RowError";
    this.code = codes[condition];
    this.condition = condition;
  }
}
