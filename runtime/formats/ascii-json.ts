/** A name as a JSON string of ASCII characters only. */
export function asciiJson(name: string): string {
  return JSON.stringify(name).replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
