/** A step of a path into a JSON text: a member, an item, every item; `any` (`.*`) matches nothing, as in Spark. */
export type JsonPathStep = { readonly kind: "name"; readonly name: string } | { readonly kind: "index"; readonly index: number } | { readonly kind: "every" } | { readonly kind: "any" };

export type JsonPath = readonly JsonPathStep[];

/** Reads a path such as `$.a[0]['b c'][*]`; null where it is none (Spark's JsonPathParser, which passes white space before each part). */
export function jsonPath(text: string): JsonPath | null {
  const root = /^\s*\$/.exec(text);
  if (root === null) return null;
  const steps: JsonPathStep[] = [];
  let at = root[0].length;
  while (at < text.trimEnd().length) {
    const found = stepAt(text, at);
    if (found === undefined) return null;
    steps.push(found.step);
    at = found.end;
  }
  return steps;
}

const known = new Map<string, JsonPath | null>();
const mostKnown = 1000;

/** The path of a text from the data: read once as long as there are not too many. */
export function jsonPathOf(text: string): JsonPath | null {
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size >= mostKnown) known.clear();
  const path = jsonPath(text);
  known.set(text, path);
  return path;
}

const anyMember = /\s*(?:\.\*|\['\*'\])/y;
const member = /\s*\.\s*([^\s.[][^.[]*)/y;
const quoted = /\s*\['\s*([^\s'?][^'?]*)'\]/y;
const every = /\s*\[\s*\*\s*\]/y;
const index = /\s*\[\s*(\d+)\s*\]/y;

function stepAt(text: string, at: number): { readonly step: JsonPathStep; readonly end: number } | undefined {
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const star = match(anyMember);
  if (star !== null) return { step: { kind: "any" }, end: anyMember.lastIndex };
  const named = match(member);
  if (named !== null) return { step: { kind: "name", name: named[1] ?? "" }, end: member.lastIndex };
  const inQuotes = match(quoted);
  if (inQuotes !== null) return { step: { kind: "name", name: inQuotes[1] ?? "" }, end: quoted.lastIndex };
  if (match(every) !== null) return { step: { kind: "every" }, end: every.lastIndex };
  const item = match(index);
  return item === null ? undefined : { step: { kind: "index", index: Number(item[1]) }, end: index.lastIndex };
}
