/**
 * The first byte of each field of a row, codec version 1. It tells type and, for short values, length or the value itself, so a
 * reader notices a foreign row; every value has one encoding only, because keys are compared and hashed as bytes.
 */
export const rowTags = {
  null: 0x00,
  false: 0x01,
  true: 0x02,
  /** Eight bytes, little-endian: what is no integer, −0, NaN, infinities and integers beyond 2^53. */
  double: 0x03,
  /** Length as varint, UTF-8. */
  text: 0x04,
  /** Number of code units as varint, UTF-16 little-endian: a text with a lone surrogate, which UTF-8 cannot hold. */
  utf16: 0x05,
  /** Length as varint, bytes. */
  bytes: 0x06,
  /** Length as varint, magnitude little-endian: a long or scaled decimal beyond 2^53. */
  bigPositive: 0x07,
  bigNegative: 0x08,
  /** + number of magnitude bytes (0–7), little-endian. */
  numberPositive: 0x10,
  numberNegative: 0x18,
  longPositive: 0x20,
  longNegative: 0x28,
  /** + length in bytes (0–63), UTF-8. */
  shortText: 0x40,
} as const;
