/** A part of a pattern of `to_number` and `to_char`. Digits that are `exact` began with a 0: all of them must be there. */
export type NumberToken = { readonly kind: "digits"; readonly groups: readonly DigitGroup[] } | { readonly kind: "." | "$" | "S" | "MI" | "<" | ">" };

/** A run of digits; in a pattern they are cut by `,`. */
export interface DigitGroup {
  readonly count: number;
  readonly exact: boolean;
}

/** A pattern of `to_number` and `to_char`, and the type of the decimals that it reads. */
export interface NumberPattern {
  readonly text: string;
  readonly tokens: readonly NumberToken[];
  readonly precision: number;
  readonly scale: number;
}

const written = /[09]+|[.D]|[,G]|\$|S|MI|PR/y;
const order: readonly (readonly NumberToken["kind"][])[] = [["<"], ["MI", "S"], ["$"], ["digits"], ["."], ["digits"], ["$"], ["MI", "S", ">"]];

/** Reads `[MI|S] [$] [0|9|G|,]… [.|D] [0|9]… [$] [PR|MI|S]`, or says what is wrong with the text (Spark's ToNumberParser). */
export function readNumberPattern(text: string): NumberPattern | { readonly problem: string } {
  if (text === "") return { problem: "is empty" };
  const pieces = piecesOf(text);
  if (typeof pieces === "string") return { problem: pieces };
  const tokens: NumberToken[] = [];
  let afterPoint = false;
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at] ?? "";
    if (/^[09,]/.test(piece)) {
      const run = pieces.slice(at, pieces.findIndex((other, index) => index > at && !/^[09,]/.test(other)) >>> 0);
      const problem = groupsProblem(run, afterPoint);
      if (problem !== undefined) return { problem };
      tokens.push({ kind: "digits", groups: run.filter((part) => part !== ",").map((part) => ({ count: part.length, exact: part.startsWith("0") && !afterPoint })) });
      at += run.length - 1;
    } else if (piece === "PR") {
      tokens.unshift({ kind: "<" });
      tokens.push({ kind: ">" });
    } else {
      afterPoint ||= piece === ".";
      tokens.push({ kind: piece === "." || piece === "$" || piece === "S" ? piece : "MI" });
    }
  }
  const problem = orderProblem(tokens);
  if (problem !== undefined) return { problem };
  const point = tokens.findIndex((token) => token.kind === ".");
  const scale = point < 0 ? 0 : digitsOf(tokens.slice(point));
  const precision = digitsOf(tokens);
  return precision > 38 ? { problem: "has more than 38 digits" } : { text, tokens, precision, scale };
}

function piecesOf(text: string): readonly string[] | string {
  const pieces: string[] = [];
  written.lastIndex = 0;
  while (written.lastIndex < text.length) {
    const from = written.lastIndex;
    const piece = written.exec(text)?.[0];
    if (piece === undefined) return `has the character \`${text.charAt(from)}\`, which stands for nothing; there are 0 9 . D , G $ S MI PR`;
    pieces.push(piece === "D" ? "." : piece === "G" ? "," : piece);
  }
  return pieces;
}

function groupsProblem(run: readonly string[], afterPoint: boolean): string | undefined {
  if (!run.includes(",")) return undefined;
  if (afterPoint) return "has a separator of thousands behind the point";
  const isOdd = run.some((piece, at) => piece === "," && (at === 0 || at === run.length - 1 || run[at - 1] === ","));
  return isOdd ? "has a separator of thousands without digits on both sides" : undefined;
}

function orderProblem(tokens: readonly NumberToken[]): string | undefined {
  if (!tokens.some((token) => token.kind === "digits")) return "has no digits";
  let at = 0;
  const used = new Map<string, number>();
  for (const token of tokens) used.set(token.kind, (used.get(token.kind) ?? 0) + 1);
  for (const kind of [".", "S", "MI", "$", ">"] as const) if ((used.get(kind) ?? 0) > 1) return `has \`${kind === ">" ? "PR" : kind}\` twice`;
  const firstDigits = tokens.findIndex((token) => token.kind === "digits");
  if (tokens.findIndex((token) => token.kind === "$") > firstDigits) return "has its `$` behind the digits";
  for (const kinds of order) if (kinds.some((kind) => kind === tokens[at]?.kind)) at++;
  const odd = tokens[at]?.kind;
  return odd === undefined ? undefined : `has its \`${odd === "<" || odd === ">" ? "PR" : odd}\` in the wrong place: the order is MI or S, $, digits, point, digits, then PR, MI or S`;
}

function digitsOf(tokens: readonly NumberToken[]): number {
  return tokens.reduce((sum, token) => sum + (token.kind === "digits" ? token.groups.reduce((count, group) => count + group.count, 0) : 0), 0);
}
