import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";
import { compile, type Checked } from "../../compiler/compile.ts";
import { emitJob, type EmittedFile } from "../../compiler/emit.ts";
import { typedProgram, typedRoot, typeErrors } from "../support/type-errors.ts";
import { hostileTexts } from "./hostile-texts.ts";
import { isImport, jobWith, positions, type HostileJob, type Position } from "./hostile-job.ts";
import { shapeOf, type ModuleShape } from "./module-shape.ts";

interface Emitted {
  readonly files: readonly EmittedFile[];
  readonly checked: Checked;
}

const repository = fileURLToPath(new URL("../../", import.meta.url));

function emit(job: HostileJob): Emitted | readonly string[] {
  const checked = compile(job.path, job.text, { files: { read: () => ({ path: "./user.ts", text: job.userModule }) } });
  const errors = checked.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return errors.map(({ code, message }) => `${code}: ${message}`);
  const files = emitJob(checked, {
    runtimeSpecifier: (entry) => `${repository}${entry === "runtime" ? "runtime/index.ts" : `${entry}.ts`}`,
    userSpecifier: () => "./user.ts",
  });
  return { files, checked };
}

function filesOf(job: HostileJob | undefined): readonly EmittedFile[] {
  const result = job === undefined ? [] : emit(job);
  return "files" in result ? result.files : [];
}

/** All texts at all positions with `CONTAINMENT=all`, which takes minutes; else a quarter of them at each, and each at some. */
const isTaken = (index: number, position: Position): boolean => (process.env["CONTAINMENT"] === "all" ? !isImport(position) || index % 2 === 0 : (index + positions.indexOf(position)) % (isImport(position) ? 12 : 8) === 0);

/** A harmless text of the same length and kind: a name for a name, and else letters of as many bytes with a space among them. */
function harmlessFor(text: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(text)) return "q".repeat(text.length === 1 ? 2 : text.length).replace(/^qqqq/, "quux");
  const length = Math.max(1, Buffer.byteLength(JSON.stringify(text)) - 2);
  return length === 1 ? "-" : `q ${"z".repeat(length)}`.slice(0, length).replace(/ $/, "-");
}

/** The same wildcards and escapes around other letters. */
function harmlessPattern(text: string): string {
  return text.replace(/\\?[^]/gu, (part) => (part === "%" || part === "_" || part.startsWith("\\") ? part : "q"));
}

const globals = new Set(["undefined", "NaN", "Infinity", "Uint8Array", "Float64Array", "DataView", "Math", "Number", "BigInt", "String", "Object", "RegExp"]);

/** Globals that emitted code may refer to, types among them. */
const allowed = new Set([...globals, "ArrayLike", "Readonly", "Map", "ReadonlyMap", "ImportMeta"]);

/** The names in the modules that are declared neither there nor in the runtime: JavaScript's and Node's own. */
function globalsOf(program: ts.Program): ReadonlySet<string> {
  const checker = program.getTypeChecker();
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node.parent) && !ts.isMetaProperty(node.parent)) {
      const declared = checker.getSymbolAtLocation(node)?.declarations?.[0]?.getSourceFile();
      if (declared !== undefined && program.isSourceFileDefaultLibrary(declared)) found.add(node.text);
      if (declared?.fileName.includes("/@types/") === true) found.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  for (const file of program.getSourceFiles()) if (file.fileName.startsWith(typedRoot) && !file.isDeclarationFile) visit(file);
  return found;
}

/** Everything that is wrong with a module by itself. */
function faultsOf(shape: ModuleShape): readonly string[] {
  const known = (name: string): boolean => shape.declared.has(name) || globals.has(name);
  return [
    ...shape.syntaxErrors,
    ...shape.forbidden.map((what) => `holds ${what}`),
    ...[...shape.referenced].filter((name) => !known(name)).map((name) => `refers to ${name}`),
    ...[...shape.declared].filter((name) => !/^[A-Za-z_$][\w$]{0,69}$/.test(name)).map((name) => `declares ${name}`),
    ...shape.comments.filter((comment) => /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/u.test(comment)).map((comment) => `comment ${JSON.stringify(comment)}`),
    ...shape.comments.filter((comment) => comment.startsWith("//") ? /\n|\/\/[#@]|@ts-/.test(comment) : comment.indexOf("*/") < comment.length - 2 || /@ts-/.test(comment)).map((comment) => `comment ${JSON.stringify(comment)}`),
  ];
}

/** Whether one literal is the other with the texts exchanged: what stands around them is the same. */
function exchanged(hostile: string, harmless: string, text: string, plain: string): boolean {
  if (hostile === harmless) return true;
  const forms = (value: string): readonly string[] => {
    const json = JSON.stringify(value).slice(1, -1);
    const ascii = json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    return [value, json, ascii, value.replaceAll("`", "``"), value.replaceAll("'", "''")];
  };
  const plains = forms(plain);
  return forms(text).some((form, at) => harmless.replaceAll(plains[at] ?? plain, form) === hostile) || aroundIsSame(hostile, harmless, plain);
}

function aroundIsSame(hostile: string, harmless: string, plain: string): boolean {
  const [before = "", ...rest] = harmless.split(plain);
  const after = rest.at(-1) ?? "";
  const unquoted = (part: string): string => part.replace(/[`"\\]*$|^[`"\\]*/g, "");
  return rest.length > 0 && hostile.startsWith(unquoted(before)) && hostile.endsWith(unquoted(after));
}

it.each(positions)("a text as %s stays a text", (position) => {
  const refused: string[] = [];
  const problems: string[] = [];
  let emittedJobs = 0;
  const twins = new Map<string, readonly EmittedFile[]>();
  hostileTexts.forEach((text, index) => {
    const job = jobWith(position, text);
    if (job === undefined || !isTaken(index, position)) return;
    const result = emit(job);
    if (!("files" in result)) {
      refused.push(`${JSON.stringify(text).slice(0, 40)}: ${result.join("; ").slice(0, 120)}`);
      return;
    }
    emittedJobs++;
    for (const { name, text: module } of result.files) modules.set(`${index}-${position.replaceAll(" ", "-")}/job${/(?:\.reader)?\.ts$|\.serializer\.(?:cjs|d\.cts)$/.exec(name)?.[0] ?? ""}`, module);
    const plain = position === "like pattern" ? harmlessPattern(text) : harmlessFor(text);
    const twin = twins.get(plain) ?? filesOf(jobWith(position, plain));
    twins.set(plain, twin);
    result.files.forEach((file, at) => {
      for (const problem of problemsOf(file, twin[at], text, plain)) problems.push(`${JSON.stringify(text).slice(0, 50)} in ${file.name.slice(0, 60)}: ${problem}`);
    });
  });
  expect(problems.slice(0, 40)).toEqual([]);
  expect(emittedJobs).toBeGreaterThan(5);
  expect(refused.filter((refusal) => !(refusals[position] ?? []).some((known) => refusal.startsWith(known)))).toEqual([]);
});

function problemsOf(file: EmittedFile, twin: EmittedFile | undefined, text: string, plain: string): readonly string[] {
  const shape = shapeOf(file.text);
  if (file.name.endsWith(".cjs")) return [...shape.syntaxErrors, ...shape.forbidden.filter((part) => part !== "TemplateExpression")];
  const faults = faultsOf(shape);
  if (faults.length > 0 || twin === undefined) return faults;
  const other = shapeOf(twin.text);
  if (shape.skeleton !== other.skeleton) return [`another shape than with ${plain.slice(0, 60)}: ${firstDifference(shape.skeleton, other.skeleton)}`];
  return shape.strings.filter((literal, place) => !exchanged(literal, other.strings[place] ?? "", text, plain)).map((literal) => `the literal ${JSON.stringify(literal).slice(0, 300)} is not the job's`);
}

const modules = new Map<string, string>();

/** Texts that the language itself refuses somewhere, with a coded error. */
const refusals: Partial<Record<Position, readonly string[]>> = {
  "import alias": ['"env": E2021', '"length": E2021', '"count": E2021'],
  "json key": ['"": E1017', '"at": E2119'],
  "column": ['"at": E2119'],
  "window": ['"at": E2010'],
  "computed column": ['"at": E2012'],
  "like pattern": ['"\\\\": E2103'],
};

function firstDifference(a: string, b: string): string {
  let at = 0;
  while (a[at] === b[at] && at < a.length) at++;
  return `${a.slice(Math.max(0, at - 200), at + 120)}\n--- and\n${b.slice(Math.max(0, at - 200), at + 120)}`;
}

it("every module type-checks as it was emitted, and refers to no global but a few", { timeout: 240_000 }, () => {
  const files = new Map<string, string>();
  for (const [name, text] of modules) {
    files.set(name, text.replace(/(from ")\.\/[^"]*?(\.(?:reader\.ts|serializer\.cjs)";)/g, "$1./job$2"));
    const user = `${name.slice(0, name.indexOf("/"))}/user.ts`;
    files.set(user, userModules.get(user) ?? plainUserModule);
  }
  expect(files.size).toBeGreaterThan(300);
  const program = typedProgram(files);
  expect(typeErrors(files, program).slice(0, 30)).toEqual([]);
  expect([...globalsOf(program)].filter((name) => !allowed.has(name))).toEqual([]);
});

const userModules = new Map<string, string>();
const plainUserModule = "export function weigh(text: string | null, size: bigint): bigint | null {\n  return text === null ? null : size;\n}\n";
hostileTexts.forEach((text, index) => {
  const job = jobWith("imported name", text);
  if (job !== undefined) userModules.set(`${index}-imported-name/user.ts`, job.userModule);
});
