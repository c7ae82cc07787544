import { RowDecoder } from "../state/row-decoder.ts";
import { rowTags } from "../state/row-tags.ts";

/** The fields of a stored row, read by what each says of itself. */
export function fieldsOf(row: Uint8Array): readonly unknown[] {
  const fields: unknown[] = [];
  for (let rest = row; rest.length > 0; ) {
    const bytes = new RowDecoder(rest).readFields(1);
    fields.push(valueOf(bytes));
    rest = rest.subarray(bytes.length);
  }
  return fields;
}

function valueOf(field: Uint8Array): unknown {
  const [tag = rowTags.null] = field;
  const row = new RowDecoder(field);
  if (tag === rowTags.null) return null;
  if (tag === rowTags.false || tag === rowTags.true) return row.readBoolean();
  if (tag === rowTags.text || tag === rowTags.utf16 || tag >= rowTags.shortText) return row.readText();
  if (tag === rowTags.bytes) return row.readBytes();
  const isLong = tag === rowTags.bigPositive || tag === rowTags.bigNegative || (tag & 0xf8) === rowTags.longPositive || (tag & 0xf8) === rowTags.longNegative;
  return isLong ? row.readLong() : row.readNumber();
}
