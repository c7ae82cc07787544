/** V8 copies slices shorter than this; longer ones point into the string that they were cut from. */
const shortestSlice = 13;

/**
 * The same text in memory of its own. Texts of a batch may be slices of their chunk's 64 KB string; whoever keeps a text
 * beyond the batch (a sink in memory, a least or greatest text) keeps this instead.
 */
export function detachText(text: string): string {
  return text.length < shortestSlice ? text : Buffer.from(text, "utf8").toString("utf8");
}
