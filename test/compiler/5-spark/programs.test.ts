import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { compile } from "../../../compiler/compile.ts";
import { emitSpark } from "../../../compiler/spark.ts";
import { filesBeside } from "../../support/analyze-text.ts";
import { askPython, hasPython } from "../../support/python-answers.ts";
import { goldenTest, sampleFiles } from "../../support/samples.ts";

// Jobs that hold each kind of step, and ways to give options: the program that a reviewer reads stands beside the job.
const samples = [...sampleFiles("spark", ".sluice"), ...sampleFiles("spark-connectors", ".sluice")];

function programOf(name: string, path: string): string {
  const checked = compile(`${name}.sluice`, readFileSync(path, "utf8"), { files: filesBeside(path), target: "spark" });
  expect(checked.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { files, diagnostics } = emitSpark(checked);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return files.find((file) => file.name === `${name}.py`)?.text ?? "";
}

it.each(samples)("$name: the program", ({ name, path }) => {
  goldenTest(programOf(name, path), path.replace(/sluice$/, "py"));
});

it("the same job gives the same bytes", () => {
  for (const { name, path } of samples) expect(programOf(name, path)).toBe(programOf(name, path));
});

it("no line is longer than 120 characters, but for texts and plans", () => {
  const long = samples.flatMap(({ name, path }) => programOf(name, path).split("\n").filter((line) => line.length > 120 && !line.startsWith("#")));
  expect(long).toEqual([]);
});

it.skipIf(!hasPython)("Python takes the programs", () => {
  const script = "import ast, json, sys\nout = {}\nfor name, text in json.load(sys.stdin).items():\n    try:\n        ast.parse(text, name)\n    except SyntaxError as error:\n        out[name] = str(error)\nprint(json.dumps(out))";
  expect(askPython(script, Object.fromEntries(samples.map(({ name, path }) => [name, programOf(name, path)])))).toEqual({});
});
