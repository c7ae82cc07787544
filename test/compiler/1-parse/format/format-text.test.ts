import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { formatText } from "../../../../compiler/1-parse/format/format-text.ts";
import { parse } from "../../../../compiler/1-parse/parse.ts";
import { DiagnosticBag } from "../../../../compiler/diagnostics/bag.ts";
import { SourceText } from "../../../../compiler/source/source-text.ts";
import { tokenize } from "../../../../grammar/lexer.ts";

const jobs = ["examples", "test/samples"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sluice"))
    .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(`${folder}/${name}`, "utf8") })),
);
const valid = jobs.filter(({ text }) => formatText(text) !== undefined);

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== "object" || value === null) return value;
  if ("start" in value && "end" in value && Object.keys(value).length === 2) return "place";
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutPlaces(part)]));
}

function meaning(text: string): unknown {
  return withoutPlaces({ ...parse(new SourceText("job.sluice", text), new DiagnosticBag()), span: undefined });
}

it("keeps what every valid job of the repository means, and changes nothing the second time", () => {
  expect(valid.length).toBeGreaterThan(100);
  for (const { name, text } of valid) {
    const formatted = formatText(text) ?? "";
    expect(meaning(formatted), name).toEqual(meaning(text));
    expect(formatText(formatted), name).toBe(formatted);
  }
});

it("keeps comments and meaning wherever comments and line ends stand", () => {
  const between = fc.constantFrom("", "", "", "", " // one\n", " /* two */ ", "\n", "\n\n// three\n", "\n/* four\n   lines */\n");
  fc.assert(
    fc.property(fc.constantFrom(...valid), fc.array(between, { minLength: 20, maxLength: 60 }), ({ text }, gaps) => {
      let scattered = "";
      let at = 0;
      tokenize(text).tokens.forEach((token, index) => {
        scattered += text.slice(at, token.startOffset) + (gaps[index % gaps.length] ?? "") + token.image;
        at = token.endOffset + 1;
      });
      scattered += text.slice(at);
      const formatted = formatText(scattered);
      if (formatted === undefined) return;
      expect(meaning(formatted)).toEqual(meaning(scattered));
      expect(formatText(formatted)).toBe(formatted);
    }),
    { numRuns: 60 },
  );
});

it("settles on one layout where two lead to each other", () => {
  const formatted = formatText("sink q = bid |> select auction\n\n// three\n, bidder\n\n// three\n, price // one\n, channel /* two */ , url, dateTime, extra into discard() mode update\n") ?? "";
  expect(formatted).toContain("channel /* two */");
  expect(formatText(formatted)).toBe(formatted);
});

it("lays out steps, lists and fields", () => {
  const text = `schema   S{ a:int // first
longer :  string? } source s:S from file( "in",format:"json" )
stream x=s|>where a>1 and longer is not null
|>select a,longer   as other, case when a=1 then "one" else "many" end as words, concat(longer, longer, longer, longer) as much
sink out=x into memory( ) mode append`;
  expect(formatText(text)).toBe(`schema S {
  a:      int  // first
  longer: string?
}

source s: S from file("in", format: "json")

stream x =
  s
  |> where a > 1 and longer is not null
  |> select a,
            longer as other,
            case when a = 1 then "one" else "many" end as words,
            concat(longer, longer, longer, longer) as much

sink out = x into memory() mode append
`);
});

it("puts the sign of an offset at its duration, and leaves a difference alone", () => {
  const text = "stream x = s |> aggregate count() as n group by tumbling(at, 1 day, offset-8 hours   30 minutes), f(at, n, offset-1 hour), tumbling(offset-1 hour, 1 day)\n";
  expect(formatText(text)).toBe(`stream x =
  s
  |> aggregate count() as n
       group by tumbling(at, 1 day, offset -8 hours 30 minutes),
                f(at, n, offset - 1 hour),
                tumbling(offset - 1 hour, 1 day)
`);
});

it("leaves a text with a syntax error alone", () => {
  expect(formatText("stream x = |> where")).toBeUndefined();
});

it("finds the examples laid out", () => {
  for (const { name, text } of jobs.filter((job) => job.name.startsWith("examples/"))) expect(formatText(text), name).toBe(text);
});
