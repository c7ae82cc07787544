import type { ByteBuffer } from "../../../formats/byte-buffer.ts";
import type { RowFormat } from "./row-format.ts";
import type { RowMembers } from "./row-members.ts";

export interface CsvRowOptions {
  /** Each file begins with the names of the columns. */
  readonly header?: boolean;
  readonly separator?: string;
  /** What null is written as; nothing, where it is not given. */
  readonly nullValue?: string;
}

/**
 * CSV as RFC 4180 has it, line ends `\n`: a null is the empty field, the empty string is `""`, and a text in quotes is never null to a
 * reader of this language but where it is the text for null itself. Values are written as in JSON, without quotes.
 */
export class CsvRows implements RowFormat {
  readonly #names: readonly string[];
  readonly #separator: string;
  readonly #nullValue: string;
  readonly #header: boolean;
  /** Bytes that a plain field does not hold; beyond ASCII every text is looked at whole. */
  readonly #special = new Uint8Array(256);

  constructor(names: readonly string[], options: CsvRowOptions) {
    this.#names = names;
    this.#separator = options.separator ?? ",";
    this.#nullValue = options.nullValue ?? "";
    this.#header = options.header ?? false;
    for (const character of `"\\\n\r${this.#separator}`) for (const byte of Buffer.from(character)) this.#special[byte] = 1;
  }

  begin(out: ByteBuffer): void {
    if (!this.#header) return;
    this.#names.forEach((name, at) => {
      if (at > 0) out.text(this.#separator);
      this.#text(name, out);
    });
    out.byte(10);
  }

  row(members: RowMembers, columns: readonly number[], out: ByteBuffer): void {
    columns.forEach((column, at) => {
      if (at > 0) out.text(this.#separator);
      if (members.isNull(column)) out.text(this.#nullValue);
      else if (members.isText(column)) this.#jsonText(members, column, out);
      else out.bytes(members.json, members.starts[column], members.ends[column]);
    });
    out.byte(10);
  }

  #jsonText(members: RowMembers, column: number, out: ByteBuffer): void {
    const { json } = members;
    const start = (members.starts[column] ?? 0) + 1;
    const end = (members.ends[column] ?? 0) - 1;
    let at = start;
    while (at < end && this.#special[json[at] ?? 0] === 0) at++;
    // A field of white space could make its line a blank one, which is no record.
    if (at === end && end > start && (json[start] ?? 0) > 32 && this.#nullValue === "") out.bytes(json, start, end);
    else this.#text(members.text(column), out);
  }

  #text(text: string, out: ByteBuffer): void {
    const isPlain = text.trim() !== "" && text !== this.#nullValue && !/["\r\n]/.test(text) && !text.includes(this.#separator);
    out.text(isPlain ? text : `"${text.replaceAll('"', '""')}"`);
  }
}
