/** V8 copies slices shorter than this; longer ones point into the string that they were cut from. */
const shortestSlice = 13;

/** For texts of a usual length, so that no buffer is made for each. */
const scratch = Buffer.alloc(4096);

/**
 * The same text in memory of its own. Texts of a batch may be slices of their chunk's 64 KB string; whoever keeps a text
 * beyond the batch (a sink in memory, a least or greatest text) keeps this instead.
 */
export function detachText(text: string): string;
export function detachText(text: string | null): string | null;
export function detachText(text: string | null): string | null {
  if (text === null || text.length < shortestSlice) return text;
  if (text.length * 3 <= scratch.length) {
    const length = scratch.write(text);
    // As many bytes as characters: all of them ASCII.
    return scratch.toString(length === text.length ? "latin1" : "utf8", 0, length);
  }
  return Buffer.from(text, "utf8").toString("utf8");
}
