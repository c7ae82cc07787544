/** Whether a name stands anywhere in a syntax tree. */
export function mentionsName(node: unknown, name: string): boolean {
  if (typeof node !== "object" || node === null) return false;
  if ("text" in node && node.text === name && "span" in node) return true;
  return Object.values(node).some((child: unknown) => mentionsName(child, name));
}
