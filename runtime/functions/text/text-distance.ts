/**
 * Spark's `levenshtein`: the fewest characters to insert, delete and replace between two texts; with a threshold −1 where they are
 * more than that.
 */
export function levenshtein(left: string, right: string, threshold: number = Infinity): number {
  const target = [...right];
  let row = Array.from({ length: target.length + 1 }, (_, at) => at);
  let done = 0;
  for (const character of left) {
    done++;
    let diagonal = done - 1;
    let before = done;
    const next = [before];
    for (const [at, other] of target.entries()) {
      const above = row[at + 1] ?? 0;
      before = character === other ? diagonal : 1 + Math.min(diagonal, above, before);
      diagonal = above;
      next.push(before);
    }
    row = next;
  }
  const distance = row[target.length] ?? 0;
  return distance <= threshold ? distance : -1;
}

/** Codes of the letters A to Z; 7 marks H and W, which do not part equal codes. */
const soundexCodes = "01230127022455012623017202";

/** Spark's `soundex`: a letter and three digits; a text that begins with no letter of ASCII stays as it is (UTF8String.soundex). */
export function soundex(text: string): string {
  const first = text.charAt(0).toUpperCase();
  if (!/^[A-Za-z]/.test(text)) return text;
  let out = first;
  let last = codeOf(first);
  for (const character of text.slice(1)) {
    const code = /[A-Za-z]/.test(character) ? codeOf(character.toUpperCase()) : "0";
    if (code === "7") continue;
    if (code !== "0" && code !== last) out += code;
    if (out.length === 4) return out;
    last = code;
  }
  return out.padEnd(4, "0");
}

function codeOf(letter: string): string {
  return soundexCodes.charAt(letter.charCodeAt(0) - 65);
}
