import { Project, ScriptTarget } from "ts-morph";
import { expect, test } from "vitest";
import { dataTypeOf } from "../../../../compiler/2-analyze/user-functions/data-type-of.ts";
import { shapeOf, type ShapeReading } from "../../../../compiler/2-analyze/user-functions/shape-of-type.ts";
import { typeText } from "../../../../compiler/ir/types/data-type.ts";
import type { Shape } from "../../../../compiler/ir/types/shape.ts";

const project = new Project({ useInMemoryFileSystem: true, compilerOptions: { strict: true, target: ScriptTarget.ES2022, lib: ["lib.es2022.d.ts"] } });
let files = 0;

function read(declarations: string, use: "parameter" | "result" = "parameter"): ShapeReading {
  const file = project.createSourceFile(`/t${++files}.ts`, `export {};\n${declarations}`);
  const alias = file.getTypeAliasOrThrow("T");
  return shapeOf(alias.getType(), use, alias);
}

/** `{ a: string?, b: number| }`: `?` null, `|` undefined. */
function text(shape: Shape): string {
  const nulls = `${shape.nullable ? "?" : ""}${shape.optional ? "|" : ""}`;
  if (shape.kind === "array") return `[${text(shape.element)}]${nulls}`;
  if (shape.kind === "map") return `map<${text(shape.value)}>${nulls}`;
  if (shape.kind === "record") return `${shape.name ?? ""}{ ${shape.fields.map((field) => `${field.name}: ${text(field.shape)}`).join(", ")} }${nulls}`;
  return `${shape.kind}${nulls}`;
}

function shape(declarations: string, use?: "parameter" | "result"): string {
  const reading = read(declarations, use);
  return reading.ok ? text(reading.shape) : reading.problem.path === "" ? reading.problem.why : `${reading.problem.path} ${reading.problem.why} ${reading.problem.type}`;
}

test("scalars, literals, enums and branded texts are what they hold", () => {
  expect(shape("type T = string | null")).toBe("string?");
  expect(shape("type T = 'a' | 'b' | undefined")).toBe("string|");
  expect(shape("type T = `id-${number}`")).toBe("string");
  expect(shape("type T = true | null")).toBe("boolean?");
  expect(shape("type T = 1 | 2n")).toBe("mixed");
  expect(shape("enum E { A, B }\ntype T = E")).toBe("number");
  expect(shape("enum E { A = 'a', B = 'b' }\ntype T = E | null")).toBe("string?");
  expect(shape("enum E { A = 'a' }\ntype T = E")).toBe("string");
  expect(shape("type T = string & { readonly brand: 'Id' }")).toBe("string");
  expect(shape("type T = Date | undefined | null")).toBe("Date?|");
  expect(shape("type T = bigint")).toBe("bigint");
  expect(shape("type T = Uint8Array")).toBe("Uint8Array");
});

test("arrays, tuples of one type and maps from strings hold their elements", () => {
  expect(shape("type T = readonly (string | null)[]")).toBe("[string?]");
  expect(shape("type T = Array<number>")).toBe("[number]");
  expect(shape("type T = [number, number]")).toBe("[number]");
  expect(shape("type T = [number, string]")).toBe("mixed");
  expect(shape("type T = ReadonlyMap<string, bigint | undefined>")).toBe("map<bigint|>");
  expect(shape("type T = Map<number, string>")).toBe("foreign");
});

test("interfaces, literals, intersections, mapped types, generics and classes are records of their fields", () => {
  expect(shape("interface A { readonly a: string; b?: number }\ntype T = A")).toBe("A{ a: string, b: number| }");
  expect(shape("interface A { a: string }\ninterface B extends A { b: Date | null }\ntype T = B | null")).toBe("B{ a: string, b: Date? }?");
  expect(shape("type T = { a: string } & { b: number }")).toBe("T{ a: string, b: number }");
  expect(shape("interface A { a: string; b: number }\ntype T = Pick<A, 'a'>")).toBe("T{ a: string }");
  expect(shape("interface A { a: string; b: number }\ntype T = Partial<A>")).toBe("{ a: string|, b: number| }");
  expect(shape("interface Box<V> { value: V }\ntype T = readonly Box<string>[]")).toBe("[{ value: string }]");
  expect(shape("class A { static n = 1; readonly a = ''; constructor(readonly b: number, private readonly c: string) {} #d = 1; protected e = 2 }\ntype T = A")).toBe("A{ a: string, b: number }");
  expect(shape("interface A { items: readonly { price: number }[]; by: Map<string, { at: Date }> }\ntype T = A")).toBe("A{ items: [{ price: number }], by: map<{ at: Date }> }");
});

test("what no column can hold is named with its path", () => {
  expect(shape("interface A { items: { price: symbol }[] }\ntype T = A")).toBe(".items[].price foreign symbol");
  expect(shape("interface A { a: string; trim(): string }\ntype T = A")).toBe(".trim method () => string");
  expect(shape("interface A { f: ((x: number) => number) | null }\ntype T = A")).toBe(".f method ((x: number) => number) | null");
  expect(shape("interface A { a: any }\ntype T = A")).toBe(".a untyped any");
  expect(shape("type T = unknown")).toBe("untyped");
  expect(shape("type T = RegExp")).toBe("foreign");
  expect(shape("type T = {}")).toBe("no fields");
  expect(shape("type T = Record<string, number>")).toBe("names");
  expect(shape("type T = void")).toBe("foreign");
  expect(shape("type T = null")).toBe("foreign");
  expect(shape("type T = { kind: 'a'; a: string } | { kind: 'b'; b: number }")).toBe("mixed");
});

test("a type that contains itself ends", () => {
  expect(shape("interface Tree { left: Tree | null; n: number }\ntype T = Tree")).toBe(".left recursive Tree | null");
  expect(shape("interface Tree { kids: Tree[] }\ntype T = Tree")).toContain("recursive");
  expect(shape("type T = T[]")).toContain("recursive");
  expect(shape("interface Grow<V> { next: Grow<V[]>; n: V }\ntype T = Grow<string>")).toContain("recursive");
  expect(shape("interface A { n: number }\ninterface B { a: A; b: A[] }\ntype T = B")).toBe("B{ a: A{ n: number }, b: [A{ n: number }] }");
});

test("an object of a class that is returned is read by its fields; one that is passed in would lack its methods", () => {
  const declared = "class A { a = ''; shout() { return this.a } }\ntype T = A";
  expect(shape(declared, "result")).toBe("A{ a: string }");
  expect(shape(declared)).toBe(".shout method () => string");
});

test("the places of fields are known by their paths", () => {
  const reading = read("interface A { id: string; items: { price: number }[] }\ntype T = readonly A[]");
  expect(reading.ok && [...reading.places].map(([path, { typeText: type }]) => `${path}: ${type}`)).toEqual(["[].id: string", "[].items[].price: number", "[].items: { price: number; }[]"]);
});

test("a shape gives a column's type", () => {
  const reading = read("interface A { s: string; n: number | null; i: bigint; d?: Date; b: Uint8Array; l: (boolean | null)[]; m: Map<string, { x: number }> }\ntype T = A");
  expect(reading.ok && typeText(dataTypeOf(reading.shape))).toBe("{ s: string, n: double?, i: long, d: timestamp?, b: binary, l: boolean?[], m: map<string, { x: double }> }");
});

test("fields come as they are declared, whatever was read before", () => {
  const row = "interface Row { id: bigint; user: string; page: string; ms: number }\n";
  expect(shape(`${row}type Other = Pick<Row, 'page' | 'ms'>;\ntype Names = 'page' | 'user';\ntype T = Pick<Row, 'id' | 'user' | 'page'>`)).toBe("T{ id: bigint, user: string, page: string }");
  expect(shape(`type Names = 'ms' | 'page' | 'user';\n${row}type T = Pick<Row, 'user' | 'page' | 'ms'> & { n: number }`)).toBe("T{ user: string, page: string, ms: number, n: number }");
  expect(shape(`type Names = 'ms' | 'user';\n${row}type T = Omit<Row, 'id'>`)).toBe("T{ user: string, page: string, ms: number }");
  expect(shape(`${row}type T = Partial<Pick<Row, 'ms' | 'id'>>`)).toMatch(/\{ id: bigint\|, ms: number\| \}$/);
  expect(shape(`${row}interface More extends Row { extra: string }\ntype T = More`)).toBe("More{ id: bigint, user: string, page: string, ms: number, extra: string }");
  expect(shape("type Names = 'b' | 'a';\ntype T = Record<'b' | 'a', number>")).toMatch(/\{ a: number, b: number \}$/);
  expect(shape(`${row}const f = (row: Row) => ({ ...row, extra: true, id: 'x' });\ntype T = ReturnType<typeof f>`)).toMatch(/\{ id: string, user: string, page: string, ms: number, extra: boolean \}$/);
  expect(shape(`const extra = (row: Row) => ({ extra: true, ...row });\n${row}type T = ReturnType<typeof extra>`)).toMatch(/\{ extra: boolean, id: bigint, user: string, page: string, ms: number \}$/);
});

test("object literals of which a function gives one are merged field by field", () => {
  const given = (body: string): string => shape(`declare const c: boolean;\nconst f = () => ${body};\ntype T = ReturnType<typeof f>`, "result");
  expect(given("c ? { p: 1, q: 'x' } : { p: 2, q: null }")).toBe("{ p: number, q: string? }");
  expect(given("c ? { p: 1 } : { p: 2, q: 'x' }")).toBe("{ p: number, q: string| }");
  expect(given("c ? { p: 1, r: { a: 1 } } : c ? { p: 2, r: { a: null } } : null")).toBe("{ p: number, r: { a: number? } }?");
  expect(given("c ? { p: 1 } : { p: 'x' }")).toMatch(/^\.p literals (?:string \| number|number \| string)$/);
  expect(given("c ? { p: 1 } : 'x'")).toContain("literals");
  expect(shape("type T = Record<string, number>")).toBe("names");
});
