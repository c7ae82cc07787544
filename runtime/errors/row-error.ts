/**
 * What can go wrong in an expression on one row, under Spark's names of the conditions (error-conditions.json), with our
 * code for each. `R71` is the family of row errors.
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
  INVALID_ARRAY_INDEX: "R7120",
  INVALID_ARRAY_INDEX_IN_ELEMENT_AT: "R7120",
  INVALID_INDEX_OF_ZERO: "R7121",
  INVALID_PARAMETER_VALUE: "R7122",
  INVALID_REGEXP_REPLACE: "R7123",
  INVALID_FORMAT: "R7124",
  MALFORMED_RECORD_IN_PARSING: "R7125",
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
