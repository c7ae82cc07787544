/** Whether the code unit at `at` begins a pair of surrogates, so that a character takes two units. */
export function isPairAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 0xd800 || unit > 0xdbff) return false;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}

/** The number of characters (code points), as Spark counts them. */
export function textLength(text: string): number {
  const units = text.length;
  let count = units;
  for (let at = 0; at < units; at++) {
    if (isPairAt(text, at)) {
      count--;
      at++;
    }
  }
  return count;
}

/** The code unit at which character number `count`, counted from the unit `from`, begins; the text's end where there are fewer. */
export function unitOfCharacter(text: string, count: number, from: number = 0): number {
  const units = text.length;
  let at = from;
  for (let left = count; left > 0 && at < units; left--) at += isPairAt(text, at) ? 2 : 1;
  return at < units ? at : units;
}
