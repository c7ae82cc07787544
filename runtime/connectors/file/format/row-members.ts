const quote = 34;
const backslash = 92;

/**
 * Where the members of a row stand in its JSON text, as the encoders of rows write it (compact, in the order of the columns). One
 * object is used again for every row.
 */
export class RowMembers {
  readonly #decoder = new TextDecoder();
  /** Where each member starts: at its name's quote. */
  readonly names: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  json: Uint8Array = new Uint8Array(0);

  scan(json: Uint8Array): void {
    this.json = json;
    let member = 0;
    for (let at = 1; at < json.length - 1; at++) {
      const start = endOfText(json, at) + 1;
      const end = endOfValue(json, start);
      this.names[member] = at;
      this.starts[member] = start;
      this.ends[member] = end;
      member++;
      at = end;
    }
  }

  isNull(member: number): boolean {
    return this.json[this.starts[member]!] === 110;
  }

  isText(member: number): boolean {
    return this.json[this.starts[member]!] === quote;
  }

  /** A member's value as text: without quotes and escapes where it is a JSON string, else as it is written. */
  text(member: number): string {
    const text = this.#decoder.decode(this.json.subarray(this.starts[member], this.ends[member]));
    return text.startsWith('"') ? String(JSON.parse(text)) : text;
  }
}

function endOfText(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (json[at] !== quote) at += json[at] === backslash ? 2 : 1;
  return at + 1;
}

function endOfValue(json: Uint8Array, start: number): number {
  let depth = 0;
  for (let at = start; at < json.length; ) {
    const byte = json[at]!;
    if (byte === quote) {
      at = endOfText(json, at);
      if (depth === 0) return at;
      continue;
    }
    if (depth === 0 && (byte === 44 || byte === 125)) return at;
    if (byte === 123 || byte === 91) depth++;
    else if (byte === 125 || byte === 93) depth--;
    at++;
  }
  return json.length - 1;
}
