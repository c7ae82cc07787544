const width = 120;

/** A line of Python in several where it is longer than 120 characters: its longest brackets are opened, at their commas or operators, and then what is still too long. */
export function layOut(line: string, indent = ""): readonly string[] {
  if (indent.length + line.length <= width) return [indent + line];
  const [group] = bracketsOf(line).toSorted((a, b) => b.end - b.start - (a.end - a.start));
  if (group === undefined || group.end - group.start <= 1) return [indent + line];
  return [...headLines(line.slice(0, group.start + 1), indent), ...inside(line.slice(group.start + 1, group.end), `${indent}    `), ...tailLines(line.slice(group.end), indent)];
}

/** A head ends with an open bracket: what stands before that is laid out for itself. */
function headLines(head: string, indent: string): readonly string[] {
  const lines = layOut(head.slice(0, -1), indent);
  return lines.map((line, at) => (at === lines.length - 1 ? line + head.slice(-1) : line));
}

/** A tail begins with the bracket that closes. */
function tailLines(tail: string, indent: string): readonly string[] {
  const lines = layOut(tail.slice(1), indent);
  return lines.map((line, at) => (at === 0 ? indent + tail.slice(0, 1) + line.slice(indent.length) : line));
}

/** What stands in brackets: on one line where it fits, else an item a line; one item is broken before its operators. */
function inside(text: string, indent: string): readonly string[] {
  if (indent.length + text.length <= width) return [indent + text];
  const items = partsAt(text, ", ");
  if (items.length > 1) return items.flatMap((item) => withComma(operated(item, indent)));
  return operated(text, indent);
}

/** An item broken before its outermost `|`, or else `&`. */
function operated(text: string, indent: string): readonly string[] {
  if (indent.length + text.length <= width) return [indent + text];
  for (const operator of [" | ", " & "]) {
    const parts = partsAt(text, operator);
    if (parts.length > 1) return parts.flatMap((part, at) => layOut(`${at === 0 ? "" : operator.slice(1)}${part}`, indent));
  }
  return layOut(text, indent);
}

function withComma(lines: readonly string[]): readonly string[] {
  return lines.map((line, at) => (at === lines.length - 1 ? `${line},` : line));
}

interface Brackets {
  readonly start: number;
  readonly end: number;
}

/** The outermost brackets of a line, from left to right. */
function bracketsOf(line: string): readonly Brackets[] {
  const found: Brackets[] = [];
  let depth = 0;
  let start = 0;
  walk(line, (character, at) => {
    if ("([{".includes(character)) {
      if (depth === 0) start = at;
      depth++;
    } else if (")]}".includes(character)) {
      depth--;
      if (depth === 0) found.push({ start, end: at });
    }
  });
  return found;
}

/** The pieces of a text between separators that stand outside of brackets and quotes. */
function partsAt(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  walk(text, (character, at) => {
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (depth === 0 && at >= from && text.startsWith(separator, at)) {
      parts.push(text.slice(from, at));
      from = at + separator.length;
    }
  });
  return [...parts, text.slice(from)];
}

/** Each character that is no part of a quoted text. */
function walk(text: string, take: (character: string, at: number) => void): void {
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (quote !== "") {
      if (character === "\\") at++;
      else if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else take(character, at);
  }
}
