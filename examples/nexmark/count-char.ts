/** How often a letter stands in a text. */
export function countChar(text: string, letter: string): bigint {
  let count = 0n;
  for (const other of text) if (other === letter) count++;
  return count;
}
