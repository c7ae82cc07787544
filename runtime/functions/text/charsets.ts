import { RowError } from "../../errors/row-error.ts";
import { tryTextFromBytes } from "../bytes-text.ts";

/** The character sets that Spark's `encode` and `decode` know, in lower case (CharsetProvider.VALID_CHARSETS). */
export const charsets: readonly string[] = ["us-ascii", "iso-8859-1", "utf-8", "utf-16be", "utf-16le", "utf-16", "utf-32"];

const encoder = new TextEncoder();

/** Spark's `encode`: a text in a character set, which must have all its characters; UTF-16 begins with a byte order mark. */
export function encodeText(text: string, charset: string): Uint8Array {
  const name = charset.toLowerCase();
  switch (name) {
    case "utf-8":
      return encoder.encode(text);
    case "us-ascii":
    case "iso-8859-1":
      return Uint8Array.from(text, (character) => unitBelow(character, name === "us-ascii" ? 0x80 : 0x100, charset));
    case "utf-16":
      return text === "" ? new Uint8Array(0) : utf16(`\ufeff${text}`, false);
    case "utf-16be":
    case "utf-16le":
      return utf16(text, name === "utf-16le");
    case "utf-32":
      return utf32(text);
    default:
      return unknownCharset(charset);
  }
}

/** Spark's `decode`: bytes as a text in a character set; bytes that are none are a `RowError`. */
export function decodeBytes(bytes: Uint8Array, charset: string): string {
  switch (charset.toLowerCase()) {
    case "utf-8":
      return tryTextFromBytes(bytes) ?? malformed(charset);
    case "us-ascii":
      return bytes.every((byte) => byte < 0x80) ? latin(bytes) : malformed(charset);
    case "iso-8859-1":
      return latin(bytes);
    case "utf-16":
      return bytes[0] === 0xff && bytes[1] === 0xfe ? fromUtf16(bytes.slice(2), "utf-16le", charset) : fromUtf16(withoutMark(bytes), "utf-16be", charset);
    case "utf-16be":
    case "utf-16le":
      return fromUtf16(bytes, charset.toLowerCase(), charset);
    case "utf-32":
      return fromUtf32(bytes, charset);
    default:
      return unknownCharset(charset);
  }
}

function unitBelow(character: string, limit: number, charset: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < limit ? code : malformed(charset);
}

function utf16(text: string, isLittleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittleEndian);
  return new Uint8Array(view.buffer);
}

function utf32(text: string): Uint8Array {
  const characters = [...text];
  const view = new DataView(new ArrayBuffer(characters.length * 4));
  for (const [at, character] of characters.entries()) view.setUint32(at * 4, character.codePointAt(0) ?? 0);
  return new Uint8Array(view.buffer);
}

function latin(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xfe && bytes[1] === 0xff ? bytes.slice(2) : bytes;
}

function fromUtf16(bytes: Uint8Array, encoding: string, charset: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return malformed(charset);
  }
}

function fromUtf32(bytes: Uint8Array, charset: string): string {
  if (bytes.length % 4 !== 0) return malformed(charset);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittleEndian = bytes.length > 0 && view.getUint32(0) === 0xfffe0000;
  const hasMark = isLittleEndian || (bytes.length > 0 && view.getUint32(0) === 0xfeff);
  let text = "";
  for (let at = hasMark ? 4 : 0; at < bytes.length; at += 4) {
    const code = view.getUint32(at, isLittleEndian);
    text += code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : malformed(charset);
  }
  return text;
}

function malformed(charset: string): never {
  throw new RowError("MALFORMED_CHARACTER_CODING", `the value cannot be written in or read from ${charset}`);
}

function unknownCharset(charset: string): never {
  throw new RowError("INVALID_PARAMETER_VALUE", `${JSON.stringify(charset)} is none of the character sets ${charsets.join(", ")}`);
}

/** `decodeBytes` that gives null where the bytes or the character set are null. */
export function decodeIfPresent(bytes: Uint8Array | null, charset: string | null): string | null {
  return bytes === null || charset === null ? null : decodeBytes(bytes, charset);
}
