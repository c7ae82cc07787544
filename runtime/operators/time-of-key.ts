/** The time (µs) at which a key expires: a timestamp itself, a window by its end; a null never does but at the end of input, so its time is +∞. */
export function timeOfKey(key: unknown): number {
  if (typeof key === "number") return key;
  if (typeof key === "object" && key !== null && "end" in key && typeof key.end === "number") return key.end;
  return Infinity;
}
