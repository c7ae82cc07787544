/** How many places a hash table of `count` keys has when it is made anew: a power of two, so that less than half of them are taken. */
export function tableSizeFor(count: number): number {
  return Math.max(32, 2 ** (33 - Math.clz32(count)));
}
