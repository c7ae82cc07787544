import { stateError } from "../errors/state-error.ts";
import { type PackedMemory, textBetween } from "./packed-memory.ts";
import { RowDecoder } from "./row-decoder.ts";
import { rowTags } from "./row-tags.ts";

/** Where the field ends that begins at `at`: it is a value of a type that is no array, map or record. */
export function endOfField(bytes: Uint8Array, at: number): number {
  const tag = bytes[at]!;
  if (tag >= rowTags.shortText) return at + 1 + (tag & 0x3f);
  if (tag >= rowTags.numberPositive) return at + 1 + (tag & 7);
  if (tag <= rowTags.true) return at + 1;
  if (tag === rowTags.double) return at + 9;
  const start = afterLength(bytes, at + 1);
  return start + lengthBefore(bytes, at + 1, start) * (tag === rowTags.utf16 ? 2 : 1);
}

/** The value of the field that begins at `at`. */
export function fieldValue(memory: PackedMemory, at: number): unknown {
  const { bytes, view } = memory;
  const tag = bytes[at]!;
  if (tag >= rowTags.shortText) return textBetween(memory, at + 1, at + 1 + (tag & 0x3f));
  if (tag >= rowTags.numberPositive) return (tag & 8) === 0 ? magnitude(view, at + 1, tag & 7) : -magnitude(view, at + 1, tag & 7);
  switch (tag) {
    case rowTags.null:
      return null;
    case rowTags.false:
      return false;
    case rowTags.true:
      return true;
    case rowTags.double:
      return view.getFloat64(at + 1, true);
    case rowTags.text: {
      const start = afterLength(bytes, at + 1);
      return textBetween(memory, start, start + lengthBefore(bytes, at + 1, start));
    }
    default:
      return rareValue(tag, new RowDecoder(bytes.subarray(at, endOfField(bytes, at))));
  }
}

/** Where the bytes of the UTF-8 text begin whose field begins at `at`; −1 where it is none. They end where the field does. */
export function utf8Start(bytes: Uint8Array, at: number): number {
  const tag = bytes[at]!;
  if (tag >= rowTags.shortText) return at + 1;
  return tag === rowTags.text ? afterLength(bytes, at + 1) : -1;
}

function rareValue(tag: number, field: RowDecoder): unknown {
  switch (tag) {
    case rowTags.utf16:
      return field.readText();
    case rowTags.bytes:
      return field.readBytes();
    case rowTags.bigPositive:
    case rowTags.bigNegative:
      return field.readLong();
    default:
      throw stateError("foreignRow", `a stored row has a field of an unknown kind: found tag 0x${tag.toString(16).padStart(2, "0")}`);
  }
}

function magnitude(view: DataView, at: number, count: number): number {
  if (count <= 4) return count === 4 ? view.getUint32(at, true) : view.getInt32(at, true) & ((1 << (count * 8)) - 1);
  return view.getUint32(at, true) + (view.getInt32(at + 4, true) & ((1 << (count * 8 - 32)) - 1)) * 2 ** 32;
}

/** The byte behind a length. */
function afterLength(bytes: Uint8Array, at: number): number {
  let end = at;
  while (bytes[end]! >= 0x80) end++;
  return end + 1;
}

/** A length whose seven bits a byte lie between `at` and `end`. */
function lengthBefore(bytes: Uint8Array, at: number, end: number): number {
  let length = 0;
  for (let byte = end - 1; byte >= at; byte--) length = length * 0x80 + (bytes[byte]! & 0x7f);
  return length;
}
