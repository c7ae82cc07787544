import { uuidText } from "../functions/uuid-text.ts";
import { crc32c } from "./crc32c.ts";

/** What a file of a checkpoint holds; the number is in its header and never changes its meaning. */
export const fileKinds = { metadata: 1, schema: 2, incarnation: 3, "source log": 4, offsets: 5, commits: 6, "state delta": 7, "state snapshot": 8 } as const;

export type FileKind = keyof typeof fileKinds;

/** Who wrote a file, and for which batch. */
export interface FileHeader {
  readonly kind: FileKind;
  /** UUID of the query, as in `metadata`. */
  readonly queryId: string;
  readonly incarnation: number;
  /** Undefined where the file is of no batch. */
  readonly batch: number | undefined;
}

export interface DecodedFile {
  readonly header: FileHeader;
  /** A view into the bytes that were decoded. */
  readonly payload: Uint8Array;
  /** CRC32C of everything before the trailer. */
  readonly checksum: number;
}

/**
 * Why bytes are no file of ours: `torn` is what a crash of the machine leaves (empty, short, zeros), `corrupt` is a changed byte,
 * `foreign` another program's file, `newer` a format of a later Sluice.
 */
export interface FileDamage {
  readonly damage: "torn" | "corrupt" | "foreign" | "newer";
  /** What was expected and what was found. */
  readonly detail: string;
}

/** The version of the layout below. */
export const formatVersion = 1;

const magic = new TextEncoder().encode("SLUICECP");
const headerLength = 52;
const trailerLength = 4;
const noBatch = 0xffffffff;

/**
 * Lays a file out, little-endian: magic (8 bytes), format version (u16), kind (u8), 0 (u8), query id (16), incarnation (u64),
 * batch (u64, all ones for none), payload length (u64), payload, CRC32C of all before (u32).
 */
export function encodeFile(header: FileHeader, payload: Uint8Array): { readonly bytes: Uint8Array; readonly checksum: number } {
  const bytes = new Uint8Array(headerLength + payload.length + trailerLength);
  const view = new DataView(bytes.buffer);
  bytes.set(magic, 0);
  view.setUint16(8, formatVersion, true);
  view.setUint8(10, fileKinds[header.kind]);
  bytes.set(uuidBytes(header.queryId), 12);
  setUint64(view, 28, header.incarnation);
  if (header.batch === undefined) {
    view.setUint32(36, noBatch, true);
    view.setUint32(40, noBatch, true);
  } else {
    setUint64(view, 36, header.batch);
  }
  setUint64(view, 44, payload.length);
  bytes.set(payload, headerLength);
  const checksum = crc32c(bytes, 0, headerLength + payload.length);
  view.setUint32(headerLength + payload.length, checksum, true);
  return { bytes, checksum };
}

/** Reads what `encodeFile` made; bytes that are anything else are told apart by what may have happened to them. */
export function decodeFile(bytes: Uint8Array): DecodedFile | FileDamage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.every((byte) => byte === 0)) return { damage: "torn", detail: bytes.length === 0 ? "the file is empty" : `all ${bytes.length} bytes are zero` };
  const begin = Math.min(magic.length, bytes.length);
  for (let at = 0; at < begin; at++) {
    if (bytes[at] !== magic[at]) return { damage: "foreign", detail: "it does not begin with the mark of a Sluice checkpoint file" };
  }
  if (bytes.length < headerLength + trailerLength) {
    return { damage: "torn", detail: `expected at least ${headerLength + trailerLength} bytes, found ${bytes.length}` };
  }
  const version = view.getUint16(8, true);
  if (version > formatVersion) {
    return { damage: "newer", detail: `expected format version ${formatVersion}, found ${version}` };
  }
  const length = getUint64(view, 44);
  const expected = headerLength + length + trailerLength;
  if (bytes.length < expected) return { damage: "torn", detail: `expected ${expected} bytes, found ${bytes.length}` };
  if (bytes.length > expected) return { damage: "corrupt", detail: `expected ${expected} bytes, found ${bytes.length}` };
  const checksum = crc32c(bytes, 0, headerLength + length);
  const stored = view.getUint32(headerLength + length, true);
  if (checksum !== stored) return { damage: "corrupt", detail: `expected checksum ${hex32(stored)}, found ${hex32(checksum)}` };
  const kind = kindOf(view.getUint8(10));
  if (kind === undefined) return { damage: "newer", detail: `found a file of the unknown kind ${view.getUint8(10)}` };
  const batchLow = view.getUint32(36, true);
  const batch = batchLow === noBatch && view.getUint32(40, true) === noBatch ? undefined : getUint64(view, 36);
  const header = { kind, queryId: uuidText(bytes.subarray(12, 28)), incarnation: getUint64(view, 28), batch };
  return { header, payload: bytes.subarray(headerLength, headerLength + length), checksum };
}

export function isDamaged(file: DecodedFile | FileDamage): file is FileDamage {
  return "damage" in file;
}

function kindOf(number: number): FileKind | undefined {
  for (const [kind, value] of Object.entries(fileKinds)) {
    if (value === number && isFileKind(kind)) return kind;
  }
  return undefined;
}

function isFileKind(text: string): text is FileKind {
  return Object.hasOwn(fileKinds, text);
}

function setUint64(view: DataView, at: number, value: number): void {
  view.setUint32(at, value % 0x1_0000_0000, true);
  view.setUint32(at + 4, Math.floor(value / 0x1_0000_0000), true);
}

function getUint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, "0");
}

function uuidBytes(uuid: string): Uint8Array {
  const digits = uuid.replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/i.test(digits)) throw new TypeError(`not a UUID: ${uuid}`);
  return Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}
