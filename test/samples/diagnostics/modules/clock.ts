/** A text with the time at which it is made. */
export function stamped(text: string): string {
  return `${text} ${new Date().toISOString()}`;
}
