import { findSource } from "../catalog/connectors/registry.ts";
import { emitTrue } from "../catalog/expressions/emit-predicate.ts";
import type { ExprEnvironment } from "../catalog/expressions/environment.ts";
import { Code } from "../code/code.ts";
import { commentText } from "../code/literal.ts";
import { identifierFrom, typeNameFrom } from "../code/scope.ts";
import type { Use } from "../code/code.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import { exprText } from "../ir/expr/print.ts";
import { visitExpr } from "../ir/expr/walk.ts";
import type { Expr } from "../ir/expr/expr.ts";
import type { LogicalJob } from "../ir/logical/job.ts";
import type { Field } from "../ir/types/data-type.ts";
import type { PhysicalQuery, PhysicalTogether, Read } from "../ir/physical/physical.ts";
import { readsOf } from "../ir/physical/reads-of.ts";
import { imports } from "./imports.ts";
import { ModuleScope, usesOfConstants } from "./module-scope.ts";
import { emitReader } from "./reader/emit-reader.ts";
import { rowGroupTests } from "./reader/row-group-tests.ts";
import type { ReaderFilter, ReaderPlan } from "./reader/reader-plan.ts";
import type { ReaderNames } from "./emit-module.ts";

/** `NAME.reader.ts`, and which of its readers serves a read, by `QUERY READ`. */
export interface EmittedReaders {
  readonly text: string;
  readonly names: ReadonlyMap<string, ReaderNames>;
}

/** One reader for each way in which the job's queries read an input: reads with the same columns and filter share one. */
export function emitReaders(job: LogicalJob, queries: readonly (PhysicalQuery | PhysicalTogether)[], runtimeSpecifier: (entry: string) => string): EmittedReaders {
  const module = new ModuleScope([], job.options.timezone);
  const names = new Map<string, ReaderNames>();
  const shared = new Map<string, ReaderNames>();
  const parts: Code[] = [];
  for (const query of queries) {
    for (const read of readsOf(query)) {
      const key = JSON.stringify([read.input.name, read.columns.map((column) => column.name), read.filter === undefined ? "" : exprText(read.filter)]);
      let made = shared.get(key);
      if (made === undefined) {
        made = readerNames(read, query, shared.size > 0 && [...shared.keys()].some((other) => sameInput(other, read)), module);
        shared.set(key, made);
        parts.push(emitReader(readerPlan(read, made, module)).code);
      }
      names.set(`${query.name} ${read.name}`, made);
    }
  }
  const uses: Use[] = [...parts.flatMap((part) => part.uses), ...usesOfConstants(module)];
  const constants = module.constants.map(({ name, value }) => `const ${name} = ${value.text};`);
  const header = `// Emitted from ${commentText(job.name)}.sluice; change the job and run \`sluice build\`.\n// How the records of its inputs become columns.`;
  const text = [`${header}\n${imports(uses, { runtimeSpecifier })}`, ...(constants.length === 0 ? [] : [constants.join("\n")]), ...parts.map((part) => part.text)].join("\n\n");
  return { text: `${text.trimEnd()}\n`, names };
}

function sameInput(key: string, read: Read): boolean {
  return key.startsWith(`[${JSON.stringify(read.input.name)},`);
}

function readerNames(read: Read, query: { readonly name: string }, isSecond: boolean, module: ModuleScope): ReaderNames {
  const words = isSecond ? `${read.input.name}_for_${query.name}` : read.input.name;
  const type = typeNameFrom(words);
  const reader = module.names.name(isSecond ? `${type.charAt(0).toLowerCase()}${type.slice(1)}Reader` : `${identifierFrom(words)}Reader`).text;
  const columns = module.names.name(`${type}Columns`).text;
  return { reader, columns };
}

function readerPlan(read: Read, names: ReaderNames, module: ModuleScope): ReaderPlan {
  const { input } = read;
  const found = findSource(input.connector);
  const source = found === "later" ? undefined : found;
  const format = input.format ?? source?.ownFormat;
  return {
    input: input.name,
    reader: names.reader,
    columnsType: names.columns,
    format: isReaderFormat(format) ? format : "text",
    ofMessages: source?.ofMessages === true,
    formatOptions: input.formatOptions ?? {},
    fields: input.fields,
    hiddenColumns: input.hiddenColumns ?? [],
    needed: read.needed,
    strict: input.strict,
    columns: read.columns.map((column) => column.name),
    rowGroups: rowGroupTests(read.filter, input.fields),
    filter: read.filter === undefined ? undefined : readerFilter(read.filter, [...input.fields, ...(input.hiddenColumns ?? [])], module),
  };
}

function isReaderFormat(format: string | undefined): format is ReaderPlan["format"] {
  return format === "avro" || format === "csv" || format === "json" || format === "kafka" || format === "parquet" || format === "text";
}

/** The filter's columns are known by their names: a reader has no others. */
function readerFilter(filter: Expr, fields: readonly Field[], module: ModuleScope): ReaderFilter {
  const columns = new Set<string>();
  visitExpr(filter, (node) => {
    if (node.kind === "ColumnRef") columns.add(node.name);
  });
  return {
    columns: [...columns],
    text: exprText(filter),
    emit: (value) => {
      // Beside the filter stand the reader's lanes, which are named after the fields.
      const scope = module.names.child(fields.map(({ name }) => identifierFrom(name)));
      const env: ExprEnvironment = {
        column: (ref) => ({ code: value(ref.name), nullable: ref.nullable }),
        param: (ref) => internalError("E9008", `a reader's filter reads the param ${ref.name}`),
        userFunction: (ref) => internalError("E9008", `a reader's filter calls ${ref.name}`),
        constant: (hint, code) => module.constant(hint, code),
        localName: (hint) => scope.name(`${hint} value`),
        batchTimestamp: new Code("0", 0, []),
        batch: new Code("undefined", 0, []),
        timezone: module.timezone,
      };
      return emitTrue(filter, env);
    },
  };
}

