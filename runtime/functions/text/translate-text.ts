/**
 * Spark's `translate`: each character of `from` becomes the one at its place in `to`, or nothing where `to` is shorter; the first
 * of equal characters counts (StringTranslate.buildDict).
 */
export function translation(from: string, to: string): (text: string) => string {
  const targets = [...to];
  const changed = new Map<string, string>();
  for (const [at, character] of [...from].entries()) if (!changed.has(character)) changed.set(character, (targets[at] ?? "").replace("\0", ""));
  return (text) => {
    let out = "";
    for (const character of text) out += changed.get(character) ?? character;
    return out;
  };
}
