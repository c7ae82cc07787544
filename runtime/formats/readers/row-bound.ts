/** Up to this many bytes a bound that is far too high costs nothing: pages that are never touched. */
const smallChunk = 256 * 1024;

/** No fewer rows than `bytes[start, end)` can hold when a record and its line end have at least `shortest` bytes. */
export function rowBound(bytes: Uint8Array, start: number, end: number, shortest: number): number {
  if (end - start <= smallChunk) return Math.ceil((end - start) / shortest) + 1;
  let rows = 2;
  for (let at = start; at < end; at++) if (bytes[at] === 10 || bytes[at] === 13 || bytes[at] === 44) rows++;
  return rows;
}
