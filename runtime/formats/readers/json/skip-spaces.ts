/** The first place from `at` that is neither a space nor a tab; line ends end a record and are not skipped. */
export function skipSpaces(bytes: Uint8Array, at: number): number {
  while (bytes[at] === 32 || bytes[at] === 9) at++;
  return at;
}
