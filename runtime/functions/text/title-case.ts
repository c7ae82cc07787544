const cased = /\p{Cased}/u;
const ignorable = /\p{Case_Ignorable}/u;
const digraphs: readonly string[] = ["Ǆǅǆ", "Ǉǈǉ", "Ǌǋǌ", "Ǳǲǳ"];
/** Georgian's small letters have capitals for whole words in capitals only. */
const georgian = /[\u10d0-\u10fa\u10fd-\u10ff]/;

/**
 * Spark's `initcap`: the first character after each space (and of the text) in title case, the others in lower case
 * (CollationAwareUTF8String.toTitleCaseICU).
 */
export function initCap(text: string): string {
  let out = "";
  let begins = true;
  let afterCased = false;
  let at = 0;
  for (const character of text) {
    if (begins) out += titleCase(character);
    else if (character === "Σ") out += afterCased && !isCasedNext(text, at + 1) ? "ς" : "σ";
    else out += character.toLowerCase();
    begins = character === " ";
    if (!ignorable.test(character)) afterCased = cased.test(character);
    at += character.length;
  }
  return out;
}

function isCasedNext(text: string, from: number): boolean {
  for (const character of text.slice(from)) if (!ignorable.test(character)) return cased.test(character);
  return false;
}

/** One character in title case, by Unicode's full mapping (SpecialCasing.txt), which is that of capitals but for a few letters. */
function titleCase(character: string): string {
  if (georgian.test(character)) return character;
  const digraph = digraphs.find((letters) => letters.includes(character));
  if (digraph !== undefined) return digraph.charAt(1);
  const upper = character.toUpperCase();
  const [first = "", ...rest] = upper;
  if (rest.length === 0 || first === "ʼ") return upper;
  // A Greek iota below becomes a capital letter beside the vowel in capitals only.
  if (rest.at(-1) === "Ι") {
    const below = [first, ...rest.slice(0, -1), "\u0345"].join("");
    return rest.length === 1 ? below.normalize("NFC") : below;
  }
  return first + rest.join("").toLowerCase();
}
