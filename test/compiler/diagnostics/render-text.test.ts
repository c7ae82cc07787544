import { expect, it } from "vitest";
import { unclosedBracket, unexpectedToken } from "../../../compiler/diagnostics/catalogue/syntax.ts";
import type { PlacedDiagnostic } from "../../../compiler/diagnostics/diagnostic.ts";
import { diagnosticToJson } from "../../../compiler/diagnostics/render-json.ts";
import { renderDiagnostics } from "../../../compiler/diagnostics/render-text.ts";
import { SourceText } from "../../../compiler/source/source-text.ts";

const at = (start: number, end: number): PlacedDiagnostic => unexpectedToken({ expected: "`|>`", found: "`x`", missing: false }).at({ start, end });
const rendered = (text: string, ...diagnostics: readonly PlacedDiagnostic[]): string => renderDiagnostics(diagnostics, new SourceText("job.sluice", text));

it("underlines the span, with other places, notes and one help", () => {
  const text = "schema Click {\n  user: string\n\n\nstream a = b\n";
  const diagnostic = unclosedBracket({ expected: "`}`", opener: "`schema Click`", found: "`stream`" })
    .at({ start: 32, end: 38 }).also({ start: 13, end: 14 }, "opened here").note("a fact").helped("the edit");
  expect(rendered(text, diagnostic)).toBe(`error[E1002]: expected \`}\` to close \`schema Click\`, found \`stream\`
 --> job.sluice:5:1
  |
1 | schema Click {
  |              - opened here
...
5 | stream a = b
  | ^^^^^^ \`}\` is missing
  |
  = note: a fact
  = help: the edit

1 error
`);
});

it("shows a label of another file with its own place", () => {
  const text = "stream a = f(x)\n";
  const diagnostic = at(11, 12).also({ start: 16, end: 17 }, "declared here", { path: "pages.ts", text: "// pages\nexport f;\n" });
  expect(rendered(text, diagnostic)).toContain(" ::: pages.ts:2:8\n  |\n2 | export f;\n  |        - declared here\n");
});

it("expands tabs and counts wide characters twice", () => {
  expect(rendered("\tx", at(1, 2))).toContain("1 |     x\n  |     ^");
  expect(rendered("名前 x", at(3, 4))).toContain("1 | 名前 x\n  |      ^");
  expect(rendered("e\u0301 x", at(3, 4))).toContain("  |   ^");
});

it("shows control and bidirectional characters escaped, in the source and in messages", () => {
  const output = rendered("a\u202e\u001b[31m b", at(1, 2).helped("\u0007"));
  expect(output).toContain("1 | a\\u{202e}\\u{1b}[31m b\n  |  ^^^^^^^^");
  expect(output).toContain("help: \\u{7}");
  expect(output).not.toMatch(/[\u202e\u001b\u0007]/);
});

it("marks the end of the file and of a line", () => {
  expect(rendered("ab", at(2, 2))).toContain("1 | ab\n  |   ^ not expected here");
  expect(rendered("ab\n", at(3, 3))).toContain("2 |\n  | ^ not expected here");
  expect(rendered("", at(0, 0))).toContain("1 |\n  | ^");
});

it("underlines the first and the last line of a long span", () => {
  expect(rendered("a (b\n  c\n  d) e", at(2, 13))).toContain("1 | a (b\n  |   ^^\n...\n3 |   d) e\n  |   ^^ not expected here");
});

it("cuts a very long line around the span", () => {
  const output = rendered(`${"x".repeat(100_000)}HERE${"y".repeat(100_000)}`, at(100_000, 100_004));
  expect(output.length).toBeLessThan(1000);
  const [, , , line = "", underline = ""] = output.split("\n");
  expect(line.indexOf("HERE")).toBe(underline.indexOf("^^^^"));
});

it("counts errors and warnings in the footer", () => {
  expect(rendered("a b", at(0, 1), at(2, 3))).toMatch(/\n2 errors\n$/);
  expect(renderDiagnostics([{ ...at(0, 1).plain(), severity: "warning" }], new SourceText("a", "a"))).toMatch(/\n1 warning\n$/);
});

it("colours on request only", () => {
  const source = new SourceText("job.sluice", "a");
  expect(renderDiagnostics([at(0, 1)], source, { color: true })).toContain("\u001b[1;31merror[E1001]");
});

it("gives tools offsets, lines and the fix", () => {
  const diagnostic = at(3, 4).also({ start: 0, end: 1 }, "why").helped("the edit", { span: { start: 3, end: 4 }, replacement: "y" });
  expect(diagnosticToJson(diagnostic, new SourceText("job.sluice", "a\nbx"))).toMatchObject({
    code: "E1001", slug: "unexpected-token", severity: "error", file: "job.sluice",
    start: { offset: 3, line: 2, column: 2 }, end: { offset: 4, line: 2, column: 3 },
    labels: [{ primary: true, file: "job.sluice" }, { primary: false, text: "why", start: { offset: 0, line: 1, column: 1 } }],
    notes: [], help: { text: "the edit", fix: { replacement: "y", start: { offset: 3 } } },
  });
});
