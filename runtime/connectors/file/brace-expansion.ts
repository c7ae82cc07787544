/** More alternatives than anyone writes by hand; a pattern beyond it is refused rather than expanded. */
const mostAlternatives = 10_000;

/**
 * Replaces every `{a,b}` by its alternatives, left to right, nested ones too; a brace without its partner or without a comma
 * stands for itself, and so does one behind a backslash. Undefined where there would be more than 10,000 alternatives.
 */
export function expandBraces(pattern: string): readonly string[] | undefined {
  let done: string[] = [];
  let open: string[] = [pattern];
  while (open.length > 0) {
    const next: string[] = [];
    for (const text of open) {
      const group = firstGroup(text);
      if (group === undefined) done.push(text);
      else for (const choice of group.choices) next.push(text.slice(0, group.start) + choice + text.slice(group.end));
      if (done.length + next.length > mostAlternatives) return undefined;
    }
    open = next;
  }
  done = [...new Set(done)];
  return done;
}

interface Group {
  readonly start: number;
  readonly end: number;
  readonly choices: readonly string[];
}

function firstGroup(text: string): Group | undefined {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "{") {
      const group = groupAt(text, at);
      if (group !== undefined) return group;
    }
  }
  return undefined;
}

function groupAt(text: string, start: number): Group | undefined {
  const choices: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === "\\") at++;
    else if (char === "{") depth++;
    else if (char === "," && depth === 1) {
      choices.push(text.slice(from, at));
      from = at + 1;
    } else if (char === "}") {
      depth--;
      if (depth > 0) continue;
      choices.push(text.slice(from, at));
      return choices.length > 1 ? { start, end: at + 1, choices } : undefined;
    }
  }
  return undefined;
}
