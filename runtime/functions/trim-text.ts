/** Spark's `trim`: spaces only (U+0020), not other white space. */
export function trimText(text: string): string {
  return trimStartText(trimEndText(text));
}

/** Spark's `ltrim`. */
export function trimStartText(text: string): string {
  let from = 0;
  while (from < text.length && text.charCodeAt(from) === 32) from++;
  return from === 0 ? text : text.slice(from);
}

/** Spark's `rtrim`. */
export function trimEndText(text: string): string {
  let to = text.length;
  while (to > 0 && text.charCodeAt(to - 1) === 32) to--;
  return to === text.length ? text : text.slice(0, to);
}

/** Spark's `trim(characters, text)`: any of the characters, at both ends. */
export function trimCharacters(characters: string, text: string): string {
  return trimEndCharacters(characters, trimStartCharacters(characters, text));
}

/** Spark's `ltrim(characters, text)`. */
export function trimStartCharacters(characters: string, text: string): string {
  const set = new Set(characters);
  let from = 0;
  for (const character of text) {
    if (!set.has(character)) break;
    from += character.length;
  }
  return text.slice(from);
}

/** Spark's `rtrim(characters, text)`. */
export function trimEndCharacters(characters: string, text: string): string {
  const set = new Set(characters);
  const all = [...text];
  let kept = all.length;
  let to = text.length;
  for (; kept > 0; kept--) {
    const character = all[kept - 1];
    if (character === undefined || !set.has(character)) break;
    to -= character.length;
  }
  return text.slice(0, to);
}
