import { commentText } from "../../code/literal.ts";
import { identifierFrom, Scope } from "../../code/scope.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { jsonSchema } from "./json-schema.ts";
import { shapeType } from "./shape-type.ts";
import { standaloneFunction } from "./standalone-function.ts";

/** A query as the serializer sees it: the columns of its result. */
export interface SerializedQuery {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: DataType; readonly nullable: boolean }[];
}

/** How the module writes one nested column: `out.json(serialize(shape(value)))`, `shape` being `jsonShape` of the column's type. */
export interface ColumnSerializer {
  /** The export of the serializer's module. It takes a value that is not null, in the shape that `jsonShape` gives. */
  readonly name: string;
  readonly type: DataType;
}

export interface EmittedSerializer {
  /** `NAME.serializer.cjs`. */
  readonly cjs: string;
  /** `NAME.serializer.d.cts`. */
  readonly dcts: string;
  /** Undefined for a column that is not nested. */
  readonly encoderFor: (query: string, column: string) => ColumnSerializer | undefined;
}

/**
 * The serializers of all nested columns of a job, or undefined where there are none. They are made by fast-json-stringify at build
 * time (`mode: "standalone"`), one function a column. Its own formatting of scalars, which is not exact (0 for a null, an error for
 * NaN), is left out together with the library itself: `jsonShape` makes doubles and decimals their JSON text first, the module's
 * `asNumber` passes that text on, and longs beyond 2^53 are bigints, printed with all digits. Types that look alike as JSON share a function. The
 * same job gives the same bytes.
 */
export function emitSerializer(jobName: string, queries: readonly SerializedQuery[]): EmittedSerializer | undefined {
  const functions = new Map<string, { readonly serializer: ColumnSerializer; readonly text: string }>();
  const byColumn = new Map<string, ColumnSerializer>();
  const scope = new Scope(["serializer"]);
  for (const query of queries) {
    for (const column of query.columns) {
      if (column.type.kind !== "record" && column.type.kind !== "array") continue;
      const schema = jsonSchema(column.type, false);
      const id = JSON.stringify(schema) + shapeType(column.type, false);
      const known = functions.get(id) ?? { serializer: { name: scope.name(nameFor(query.name, column.name)).text, type: column.type }, text: standaloneFunction(schema) };
      functions.set(id, known);
      // Types that differ may share a function: what `jsonShape` makes of them looks alike.
      byColumn.set(keyOf(query.name, column.name), { name: known.serializer.name, type: column.type });
    }
  }
  if (functions.size === 0) return undefined;
  const all = [...functions.values()];
  return {
    cjs: moduleText(jobName, all.map(({ serializer, text }) => `exports.${serializer.name} = (${text})(null, serializer);`)),
    dcts: declarationText(jobName, all.map(({ serializer }) => `export declare function ${serializer.name}(value: ${shapeType(serializer.type, false)}): string;`)),
    encoderFor: (query, column) => byColumn.get(keyOf(query, column)),
  };
}

function nameFor(query: string, column: string): string {
  const part = (text: string): string => {
    const name = identifierFrom(text);
    return name.charAt(0).toUpperCase() + name.slice(1);
  };
  return `serialize${part(query)}${part(column)}`;
}

function keyOf(query: string, column: string): string {
  return JSON.stringify([query, column]);
}

function head(jobName: string): string {
  return `// Emitted from ${commentText(jobName)}.sluice; change the job and run \`sluice build\`.\n`;
}

function moduleText(jobName: string, serializers: readonly string[]): string {
  return [
    head(jobName),
    "// JSON of nested columns: the functions are fast-json-stringify's, the object below is what they call.\n",
    '"use strict";\n\n',
    "const serializer = {\n",
    "  asString: (text) => JSON.stringify(text),\n",
    "  asPlainStringArray: (texts) => JSON.stringify(texts),\n",
    '  asUnsafeString: (text) => `"${text}"`,\n',
    "  asBoolean: (value) => String(value),\n",
    "  asInteger: (value) => String(value),\n",
    "  // Comes as the text that is to be written, so that no digit is lost.\n",
    "  asNumber: (text) => text,\n",
    "};\n",
    ...serializers.map((text) => `\n${text}\n`),
  ].join("");
}

function declarationText(jobName: string, declarations: readonly string[]): string {
  return `${head(jobName)}${declarations.map((text) => `${text}\n`).join("")}`;
}
