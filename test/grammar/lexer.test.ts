import { expect, it } from "vitest";
import { tokenize } from "../../grammar/lexer.ts";

const shapes = (text: string): readonly string[] => tokenize(text).tokens.map((token) => `${token.tokenType.name} ${token.image}`);

it("reads a duration only where the unit ends there", () => {
  expect(shapes("5 minutes 5 minutesx 5ms 5 ms2 3weeks 1 hours")).toEqual([
    "Duration 5 minutes", "Integer 5", "Identifier minutesx", "Duration 5ms", "Integer 5", "Identifier ms2", "Duration 3weeks", "Duration 1 hours",
  ]);
});

it("does not read a duration over a line's end", () => {
  expect(shapes("5\nminutes")).toEqual(["Integer 5", "Identifier minutes"]);
});

it("reads names of any script, and keywords by the word table", () => {
  expect(shapes("größe 名前 _x1 where wherever")).toEqual([
    "Identifier größe", "Identifier 名前", "Identifier _x1", "Where where", "Identifier wherever",
  ]);
});

it("reads raw strings before names and numbers before dots", () => {
  expect(shapes(`r"a\\" r 'b\\'c' 1.5 1e3 1.x`)).toEqual([
    'RawText r"a\\"', "Identifier r", "PlainText 'b\\'c'", "Decimal 1.5", "Decimal 1e3", "Integer 1", "Dot .", "Identifier x",
  ]);
});

it("gives a token in the place of an unclosed string or name", () => {
  const { tokens, problems } = tokenize('"abc\n`de\nx');
  expect(tokens.map((token) => token.tokenType.name)).toEqual(["UnclosedText", "UnclosedName", "Identifier"]);
  expect(problems).toEqual([
    { kind: "unclosed string", start: 0, end: 4 },
    { kind: "unclosed name", start: 5, end: 8 },
  ]);
});

it("knows line and column of every token", () => {
  const places = tokenize("a\n  b /* \n */ c\r\n\td").tokens.map((token) => `${token.image} ${token.startLine}:${token.startColumn}`);
  expect(places).toEqual(["a 1:1", "b 2:3", "c 3:5", "d 4:2"]);
});
