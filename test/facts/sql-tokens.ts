import { untranslatable } from "./untranslatable.ts";

/** A token of Spark's SQL, as far as the facts use it. `text` of a string is its value. */
export interface SqlToken {
  readonly kind: "number" | "string" | "word" | "quoted" | "symbol" | "end";
  readonly text: string;
  /** Where it stands in the SQL: its first character, and the one behind its last. */
  readonly start: number;
  readonly end: number;
}

const pattern = /\s+|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?:BD|[LSYDF])?(?![\w]))|(?<string>'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*")|`(?<quoted>(?:[^`]|``)*)`|(?<word>[A-Za-z_]\w*)|(?<symbol><=>|->|<=|>=|<>|!=|==|\|\||::|[-+*/%()[\],.<>=:~&|^!])/sy;

export function sqlTokens(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < sql.length) {
    const start = pattern.lastIndex;
    const match = pattern.exec(sql);
    if (match === null) return untranslatable("SQL of another form");
    const { number, string, quoted, word, symbol } = match.groups ?? {};
    const place = { start, end: pattern.lastIndex };
    if (number !== undefined) tokens.push({ kind: "number", text: number, ...place });
    else if (string !== undefined) tokens.push({ kind: "string", text: stringValue(string), ...place });
    else if (quoted !== undefined) tokens.push({ kind: "quoted", text: quoted.replaceAll("``", "`"), ...place });
    else if (word !== undefined) tokens.push({ kind: "word", text: word, ...place });
    else if (symbol !== undefined) tokens.push({ kind: "symbol", text: symbol, ...place });
  }
  return [...tokens, { kind: "end", text: "", start: sql.length, end: sql.length }];
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", 0: "\0", Z: "\x1a" };

/** Spark's unescapeSQLString: `\%` and `\_` keep their backslash. */
function stringValue(literal: string): string {
  const quote = literal.charAt(0);
  return literal.slice(1, -1).replaceAll(quote + quote, quote).replace(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2}|.)/gs, (whole, body: string) => {
    if (/^[uU]./.test(body)) return String.fromCodePoint(Number.parseInt(body.slice(1), 16));
    if (/^[0-3][0-7]{2}$/.test(body)) return String.fromCharCode(Number.parseInt(body, 8));
    return body === "%" || body === "_" ? whole : (escapes[body] ?? body);
  });
}
