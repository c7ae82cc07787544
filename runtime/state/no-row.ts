import type { RowWriter } from "./row-codec.ts";

/** A writer that keeps nothing: for seeing whether a value can be written. */
export const noRow: RowWriter = {
  writeNull() {},
  writeBoolean() {},
  writeNumber() {},
  writeLong() {},
  writeText() {},
  writeBytes() {},
  writeFields() {},
};
