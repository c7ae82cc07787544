import type { Page, PageExample } from "./page.ts";

/** Columns of text; jobs are never broken. */
const width = 100;
/** A line of an example that is longer than this shows its two ends. */
const longestLine = 240;

/** A page as text: the code and what it says, what it means, how to mend it, and two jobs. With a final line end. */
export function renderPage({ code, title, meaning, mending, example }: Page): string {
  const paragraphs = [`${code}: ${title}`, wrap(meaning), wrap(`To mend it: ${lowerFirst(mending)}`)];
  if (example !== undefined) paragraphs.push(...shown(example));
  return `${paragraphs.join("\n\n")}\n`;
}

function shown({ given, bad, good, files = {}, input = {} }: PageExample): readonly string[] {
  const job = (text: string): string => indent(given === undefined ? text : `${given}\n${text}`);
  const others = [...Object.entries(files), ...Object.entries(input)].flatMap(([path, text]) => [`${path}:`, indent(text.trimEnd())]);
  return ["A job that has it:", job(bad), "Mended:", job(good), ...others];
}

function indent(text: string): string {
  return text.split("\n").map((line) => (line === "" ? "" : `    ${shorten(line)}`)).join("\n");
}

function shorten(line: string): string {
  return line.length <= longestLine ? line : `${line.slice(0, 60)} … ${line.slice(-60)}`;
}

/** A sentence that goes on behind a colon; code at its beginning stays. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** Breaks a paragraph at spaces, but not within what stands in backticks. */
function wrap(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/(?:`[^`]*`|[^\s`])+/g) ?? []) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join("\n");
}
