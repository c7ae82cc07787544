import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "../../../compiler/1-parse/parse.ts";
import { DiagnosticBag } from "../../../compiler/diagnostics/bag.ts";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.ts";
import { renderDiagnostics } from "../../../compiler/diagnostics/render-text.ts";
import { printAst } from "../../../compiler/explain/print-ast.ts";
import type { Program } from "../../../compiler/ir/ast/index.ts";
import { SourceText } from "../../../compiler/source/source-text.ts";
import { tokenize } from "../../../grammar/lexer.ts";
import { goldenTest, sampleFiles } from "../../support/samples.ts";

interface Parsed {
  readonly source: SourceText;
  readonly program: Program;
  readonly diagnostics: readonly Diagnostic[];
}

function parsed(text: string, path = "job.sluice"): Parsed {
  const source = new SourceText(path, text);
  const bag = new DiagnosticBag();
  const program = parse(source, bag);
  return { source, program, diagnostics: bag.sorted() };
}

const codes = (text: string): readonly string[] => parsed(text).diagnostics.map(({ code }) => code);
const valid = sampleFiles("syntax", ".sluice").map(({ name, path }) => ({ name, path, text: readFileSync(path, "utf8") }));
const broken = sampleFiles("syntax-errors", ".sluice").map(({ name, path }) => ({ name, path, text: readFileSync(path, "utf8") }));

it.each(valid)("builds the tree of $name", ({ text, path }) => {
  const { source, program, diagnostics } = parsed(text);
  expect(diagnostics).toEqual([]);
  goldenTest(printAst(program, source), path.replace(/\.sluice$/, ".ast.txt"));
});

it.each(broken)("reports $name", ({ name, text, path }) => {
  const { source, program, diagnostics } = parsed(text, `${name}.sluice`);
  const left = program.unparsed.map((missing) => missing.text).join(", ");
  const kept = program.statements.map(({ kind }) => kind).join(", ");
  goldenTest(`${renderDiagnostics(diagnostics, source)}\nstatements: ${kept}\nleft out: ${left}\n`, path.replace(/\.sluice$/, ".stderr"));
});

/** Every position lies within the text, one error a line, and there is one wherever something is missing from the tree. */
function expectSound({ source, program, diagnostics }: Parsed): void {
  const lines = diagnostics.map(({ primary }) => source.locate(primary.span.start).line);
  expect(new Set(lines).size).toBe(lines.length);
  const spans = diagnostics.flatMap(({ primary, secondary, help }) => [primary, ...secondary, ...(help?.fix === undefined ? [] : [help.fix])].map(({ span }) => span));
  expectSpansInside(spans, source.text.length);
  expectSpansInside(program, source.text.length);
  expect(renderDiagnostics(diagnostics, source)).not.toMatch(/-->[^:]*<--|Expecting|undefined|NaN/);
  if (diagnostics.length === 0) expect(printAst(program, source)).not.toMatch(/\bMissing/);
}

/** One expectation for all spans: there are thousands of programs of hundreds of nodes. */
function expectSpansInside(program: unknown, length: number): void {
  const outside: unknown[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("start" in node && "end" in node) {
      const [start, end] = [Number(node.start), Number(node.end)];
      if (!(Number.isInteger(node.start) && Number.isInteger(node.end) && start >= 0 && start <= end && end <= length)) outside.push(node);
    }
    Object.values(node).forEach(visit);
  };
  visit(program);
  expect(outside).toEqual([]);
}

it.each(valid)("survives each token of $name left out", ({ text }) => {
  for (const token of tokenize(text).tokens) expectSound(parsed(text.slice(0, token.startOffset) + text.slice(token.endOffset + 1)));
});

it("survives tokens of the query samples left out", () => {
  const jobs = readdirSync("test/samples/queries", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".sluice"));
  let left = 0;
  for (const job of jobs) {
    const text = readFileSync(`test/samples/queries/${job}`, "utf8");
    for (const token of tokenize(text).tokens.filter((_, at) => at % 3 === 0)) {
      left++;
      expectSound(parsed(text.slice(0, token.startOffset) + text.slice(token.endOffset + 1)));
    }
  }
  expect(left).toBeGreaterThan(1300);
});

it("survives texts of random tokens", () => {
  const words = [...new Set(valid.flatMap(({ text }) => tokenize(text).tokens.map(({ image }) => image)))];
  const foreign = ["\n", "\n|> ", "\nstream a = ", "\ninto console()", "::", "--", "&&", "!", ";", "5m", "AND", "WHERE", "interval", "over", "”", "\u202e", "`", '"', "/*", "=>", "??"];
  const text = fc.array(fc.constantFrom(...words, ...foreign), { maxLength: 60 }).map((parts) => parts.join(" "));
  fc.assert(fc.property(text, (job) => expectSound(parsed(job))), { numRuns: 1500 });
});

it("survives any text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 100 }), (job) => expectSound(parsed(job))), { numRuns: 50_000 });
});

it("survives valid jobs with random edits", () => {
  const edit = fc.record({ sample: fc.constantFrom(...valid), from: fc.nat(), length: fc.nat(12), insert: fc.string({ maxLength: 5 }) });
  fc.assert(
    fc.property(edit, ({ sample, from, length, insert }) => {
      const at = from % (sample.text.length + 1);
      expectSound(parsed(sample.text.slice(0, at) + insert + sample.text.slice(at + length)));
    }),
    { numRuns: 600 },
  );
});

it.each([
  ["parentheses", (depth: number) => `stream a = b |> where ${"(".repeat(depth)}x${")".repeat(depth)}`],
  ["calls", (depth: number) => `stream a = b |> where ${"f(".repeat(depth)}x${")".repeat(depth)}`],
  ["case", (depth: number) => `stream a = b |> where ${"case when ".repeat(depth)}x${" then 1 end".repeat(depth)}`],
  ["pipelines", (depth: number) => `stream a = ${"(".repeat(depth)}x${")".repeat(depth)}`],
  ["types", (depth: number) => `param a: ${"map<".repeat(depth)}int${">".repeat(depth)}`],
  ["array types", (depth: number) => `param a: int${"[]".repeat(depth)}`],
  ["not", (depth: number) => `stream a = b |> where ${"not ".repeat(depth)}x`],
  ["signs", (depth: number) => `stream a = b |> where ${"- ".repeat(depth)}x`],
  ["members", (depth: number) => `stream a = b |> where x${".y".repeat(depth)}`],
])("refuses to nest %s beyond the limit, and goes on behind", (_what, nest) => {
  expect(codes(`${nest(90)}\nstream c = d |>`)).toEqual(["E1001"]);
  expect(codes(`${nest(200)}\nstream c = d |>`)).toEqual(["E1003", "E1001"]);
  expect(codes(nest(20_000))).toContain("E1003");
});

it("halves a long chain of `or`, and refuses a long sum", () => {
  const { program, diagnostics } = parsed(`stream a = b |> where ${Array.from({ length: 5000 }, (_, index) => `x = ${index}`).join(" or ")}`);
  expect(diagnostics).toEqual([]);
  expect(JSON.stringify(program).length).toBeGreaterThan(5000);
  expect(codes(`stream a = b |> where ${"x + ".repeat(5000)}x`)).toEqual(["E1006"]);
});

it("reads a job of hundreds of statements", () => {
  const job = Array.from({ length: 400 }, (_, index) => `stream s${index} = t |> where x > ${index} and y like "a%" |> select x, y + 1 as z`).join("\n");
  const { program, diagnostics } = parsed(job);
  expect(diagnostics).toEqual([]);
  expect(program.statements).toHaveLength(400);
});

it("adds up the units of a duration and keeps months apart", () => {
  const { program } = parsed("option x = 1 year 2 months 1 week 1 hour 30 minutes 5 ms 1 microsecond");
  const [option] = program.statements;
  expect(option).toMatchObject({ value: { kind: "DurationLiteral", months: 14, microseconds: 604_800e6 + 5400e6 + 5000 + 1 } });
});

it("resolves the escapes of strings, and reports those that there are not", () => {
  const { program, diagnostics } = parsed(String.raw`option x = "\n\t\r\b\f\0\\\"\'\u0041\u{1F600}"` + "\n" + String.raw`option y = "\d"`);
  expect(program.statements[0]).toMatchObject({ value: { value: "\n\t\r\b\f\0\\\"'A😀" } });
  expect(diagnostics.map(({ code, primary }) => [code, primary.span.end - primary.span.start])).toEqual([["E1014", 2]]);
});

it("accepts a job without a single statement", () => {
  expect(parsed("// nothing\n").program.statements).toEqual([]);
});

it("names what it left out", () => {
  const { program } = parsed("schema T\nsource s: T from\nsink q = s\nstream a = s |> where");
  expect(program.unparsed.map(({ text }) => text)).toEqual(["T", "s", "q"]);
  expect(program.statements).toMatchObject([{ kind: "Stream", pipeline: { steps: [{ kind: "MissingStep" }] } }]);
});
