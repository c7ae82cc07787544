/** What was thrown says, whatever it is: users' code may throw anything. */
export function thrownMessage(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
