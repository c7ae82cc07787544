/** An int, a long or a boolean as a string: its digits, or `true` and `false`. */
export function plainText(value: number | bigint | boolean): string {
  return String(value);
}
