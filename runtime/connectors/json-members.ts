/** The members of a compact JSON object, in order: names, and values as they are written, with all their digits. */
export function jsonMembers(json: string): readonly (readonly [name: string, value: string])[] {
  const members: (readonly [string, string])[] = [];
  for (let at = 1; at < json.length - 1; at++) {
    const colon = textEnd(json, at);
    const end = valueEnd(json, colon + 1);
    members.push([String(JSON.parse(json.slice(at, colon))), json.slice(colon + 1, end)]);
    at = end;
  }
  return members;
}

/** The values of the members of a compact JSON object, as they are written. */
export function memberTexts(json: string): readonly string[] {
  const values: string[] = [];
  for (let at = 1; at < json.length - 1; at++) {
    const start = textEnd(json, at) + 1;
    at = valueEnd(json, start);
    values.push(json.slice(start, at));
  }
  return values;
}

function textEnd(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

function valueEnd(json: string, start: number): number {
  let depth = 0;
  for (let at = start; at < json.length; ) {
    const char = json[at];
    if (char === '"') {
      at = textEnd(json, at);
      continue;
    }
    if (depth === 0 && (char === "," || char === "}")) return at;
    if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") depth--;
    at++;
  }
  return json.length - 1;
}
