import fc from "fast-check";
import { expect, it } from "vitest";
import { compile } from "../../../compiler/compile.ts";
import { emitSpark } from "../../../compiler/spark.ts";
import { askPython, hasPython } from "../../support/python-answers.ts";

// A user's texts reach a program as quoted literals, made-up names and cleaned comments, and in no other way: whatever they hold, its shape is the same.

const pieces = ['"', "'", '"""', "\\", "\\n", "#", "# coding: utf-16", ".", "*", "{x}", "%s", "(", ")", ",", "class", "None", "__import__('os')", "é", "\u202e", "\u2028", "\u00a0", "\u0000", "\u001b[31m", "𝒳", "a", "rows", "F", "run", "$", " "];
const hostile = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
const texts = fc.record({ job: hostile, source: hostile, column: hostile, key: hostile, literal: hostile, sink: hostile, stream: hostile });
type Texts = typeof texts extends fc.Arbitrary<infer Value> ? Value : never;

const plain: Texts = { job: "job", source: "source_a", column: "column_b", key: "key_c", literal: "literal", sink: "sink_d", stream: "stream_e" };

function programOf({ job, source, column, key, literal, sink, stream }: Texts): string | undefined {
  const name = (text: string): string => `\`${text.replaceAll("`", "``")}\``;
  const text = [
    `source ${name(source)}: { ${name(`${column}1`)}: string, ${name(`${key}2`)}: long, at: timestamp } from file("data", format: "json")`,
    `stream ${name(`${stream}3`)} = ${name(source)} |> watermark at delay 1 minute late drop |> where ${name(`${column}1`)} != ${JSON.stringify(literal)} |> extend ${name(`${key}2`)} * 2 as ${name(`${literal}4`)}`,
    `sink ${name(`${sink}5`)} = ${name(`${stream}3`)} |> aggregate count() as ${name(`${key}6`)} group by tumbling(at, 1 hour), ${name(`${column}1`)}, ${name(`${literal}4`)} into discard() mode append`,
    `sink ${name(`${sink}7`)} = ${name(`${stream}3`)} as a |> join ${name(source)} as b on a.${name(`${column}1`)} = b.${name(`${column}1`)} and a.${name(`${key}2`)} = b.${name(`${key}2`)} unbounded |> select a.at, b.${name(`${column}1`)} into discard() mode append`,
  ].join("\n");
  const checked = compile(`${job}.sluice`, text, { files: { read: () => undefined }, target: "spark" });
  if (checked.job === undefined) return undefined;
  const { files } = emitSpark(checked);
  return files[0]?.text;
}

// The tree of a program with every name and text taken out, and what its first two lines say of its encoding.
const shapes = `
import ast, json, re, sys
def shape(text):
    tree = ast.parse(text.encode("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str): node.value = ""
        if isinstance(node, ast.Name) and node.id not in ("F", "T", "sluice", "Window", "DataFrame", "run", "rows", "JOB", "QUERIES"): node.id = ""
        if isinstance(node, ast.FunctionDef): node.name = ""
    return ast.dump(tree)
print(json.dumps([shape(text) for text in json.load(sys.stdin)]))
`;

it.skipIf(!hasPython)("whatever a user writes, the program has the same shape", () => {
  const usual = programOf(plain);
  const programs = fc.sample(texts, { seed: 9, numRuns: 120 }).flatMap((found) => programOf(found) ?? []);
  expect(usual).toBeDefined();
  expect(programs.length).toBeGreaterThan(20);
  const answer = askPython(shapes, [usual, ...programs]);
  const [expected, ...others] = Array.isArray(answer) ? answer : [];
  others.forEach((shape, at) => expect(shape, programs[at]).toBe(expected));
});

it("no line ends and no control or bidirectional mark gets into a program", () => {
  for (const found of fc.sample(texts, { seed: 10, numRuns: 60 })) expect(programOf(found) ?? "").not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u);
});
