import type { CsvOptions } from "./csv-options.ts";

/** What the scanner of CSV records needs to know, in bytes. −1: there is no such character. */
export interface CsvDialect {
  readonly separator: Uint8Array;
  readonly quote: number;
  readonly escape: number;
  readonly comment: number;
  readonly trimsStart: boolean;
  readonly trimsEnd: boolean;
  /** Whether quoted fields may hold line ends. */
  readonly multiLine: boolean;
}

export function csvDialect(options: CsvOptions): CsvDialect {
  const quote = byteOf(options.quote ?? '"');
  return {
    separator: new TextEncoder().encode(options.separator ?? ","),
    quote,
    escape: options.escape === undefined ? quote : byteOf(options.escape),
    comment: byteOf(options.comment ?? ""),
    trimsStart: options.ignoreLeadingWhiteSpace ?? false,
    trimsEnd: options.ignoreTrailingWhiteSpace ?? false,
    multiLine: options.multiLine ?? true,
  };
}

function byteOf(character: string): number {
  return character === "" ? -1 : character.charCodeAt(0);
}
