/** How a source tells whole records apart, so that it can cut what it reads into chunks. */
export interface Framing {
  /** The end of the last whole record within `bytes[0, filled)`, which start with a record; 0 where none is whole. `isStart`: they are the first of their file. */
  endOfRecords(bytes: Uint8Array, filled: number, isStart?: boolean): number;
}

const lineFeed = 0x0a;

/** Records that end in line ends. */
export const lineFraming: Framing = {
  endOfRecords: (bytes, filled) => bytes.subarray(0, filled).lastIndexOf(lineFeed) + 1,
};

/** A file is one record. */
export const fileFraming: Framing = { endOfRecords: () => 0 };
