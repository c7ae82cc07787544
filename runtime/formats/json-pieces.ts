const encoder = new TextEncoder();

/** Texts that are written again and again are kept in words of eight bytes, the last filled up. ASCII never makes a NaN, whose bits might not stay. */
export const wordBytes = 8;

/** A text that is written again and again. */
export interface Piece {
  readonly text: string;
  readonly words: Float64Array;
  /** The piece that came after it the last time: rows of one kind have the same ones in the same order. */
  next: Piece | undefined;
}

/** Punctuation and names of columns, by text. There is an end to what emitted code has of them; values are not among them. */
const pieces = new Map<string, Piece>();
const mostPieces = 4096;

/** The piece of a text, made when it is first asked for. */
export function knownPiece(ascii: string): Piece {
  return pieces.get(ascii) ?? pieceOf(ascii);
}

/** Makes a piece of a text, and keeps it while there are few. */
function pieceOf(ascii: string): Piece {
  const count = Math.ceil(ascii.length / wordBytes);
  const data = new DataView(new ArrayBuffer(count * wordBytes));
  encoder.encodeInto(ascii, new Uint8Array(data.buffer));
  const piece: Piece = { text: ascii, words: Float64Array.from({ length: count }, (_, word) => data.getFloat64(word * wordBytes, true)), next: undefined };
  if (pieces.size < mostPieces) pieces.set(ascii, piece);
  return piece;
}
