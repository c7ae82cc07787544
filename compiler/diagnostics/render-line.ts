/** A source line as it is shown: `columnOf` maps a 0-based column of the source to one of the screen. */
export interface ShownLine {
  readonly text: string;
  readonly columnOf: (column: number) => number;
}

const before = 80;
const beyond = 80;
const whole = 160;
const tabWidth = 4;

/**
 * Makes a line safe to show and to underline: tabs become spaces, control and bidirectional characters are shown as
 * `\u{…}`, wide characters count two columns. Of a very long line only the surroundings of `from`–`to` are shown.
 */
export function showLine(line: string, from: number, to: number): ShownLine {
  const long = line.length > whole;
  const first = long ? Math.max(0, Math.min(from, line.length) - before) : 0;
  const last = long ? Math.min(line.length, Math.max(from, Math.min(to, from + before)) + beyond) : line.length;
  const columns: number[] = [];
  let text = first > 0 ? "…" : "";
  let width = text.length;
  for (let at = first; at < last; ) {
    const character = String.fromCodePoint(line.codePointAt(at) ?? 0);
    const shown = character === "\t" ? " ".repeat(tabWidth - (width % tabWidth)) : escapeText(character);
    for (let unit = 0; unit < character.length; unit++) columns[at - first + unit] = width;
    text += shown;
    width += shown === character ? widthOf(character) : shown.length;
    at += character.length;
  }
  if (last < line.length) text += "…";
  return { text, columnOf: (column) => columns[column - first] ?? (column < first ? 0 : width) };
}

/** Shows what a terminal would act upon: control characters, bidirectional marks, lone surrogates, invisible characters. */
export function escapeText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

const wide = /^(?:[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation})$/u;

function widthOf(character: string): number {
  if (/^\p{M}$/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
