import { suggestion } from "../../diagnostics/did-you-mean.ts";
import { unknownConnector } from "../../diagnostics/catalogue/connectors.ts";
import { cyclicDefinition } from "../../diagnostics/catalogue/names.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { SchemaStatement } from "../../ir/ast/statement.ts";
import type { InferredSchema } from "../../ir/logical/job.ts";
import type { Field, RecordType } from "../../ir/types/data-type.ts";
import { recordType } from "../../ir/types/data-type.ts";
import { avroSchemaFields } from "./avro-schema.ts";
import { parquetSchemaFields } from "./parquet-schema.ts";
import type { TypeNames } from "./resolve-type.ts";
import { resolveFields } from "./resolve-type.ts";
import { sampledFields, samplePath, type SampleContext } from "./sampled-schema.ts";

type SchemaReader = (name: Name, definition: CallExpression, context: SampleContext) => readonly Field[] | undefined;

/** How the fields of a schema are had from a file, by its format. */
const readers: ReadonlyMap<string, SchemaReader> = new Map<string, SchemaReader>([
  ["avro", (_, definition, context) => avroSchemaFields(definition, context)],
  ["csv", sampledFields],
  ["json", sampledFields],
  ["parquet", parquetSchemaFields],
]);

/** The schemas of a file, resolved on demand, each once; a schema that holds itself is refused. */
export class Schemas implements TypeNames {
  readonly schemaNames: ReadonlySet<string>;
  readonly #statements: ReadonlyMap<string, SchemaStatement>;
  readonly #report: (diagnostic: Diagnostic) => void;
  readonly #resolved = new Map<string, RecordType | undefined>();
  readonly #open: string[] = [];
  readonly #samples: Omit<SampleContext, "report">;
  readonly #inferred: InferredSchema[] = [];

  constructor(statements: ReadonlyMap<string, SchemaStatement>, samples: Omit<SampleContext, "report">, report: (diagnostic: Diagnostic) => void) {
    this.#statements = statements;
    this.#samples = samples;
    this.#report = report;
    this.schemaNames = new Set(statements.keys());
  }

  report(diagnostic: Diagnostic): void {
    this.#report(diagnostic);
  }

  /** The record of a schema that is used; undefined where it is broken or cannot be had in this version. */
  schema(name: string): RecordType | undefined {
    const statement = this.#statements.get(name);
    if (statement === undefined) return undefined;
    if (this.#open.includes(name)) {
      this.#report(
        cyclicDefinition({ what: "the schema", name, path: [...this.#open.slice(this.#open.indexOf(name)), name].map((part) => `\`${part}\``).join(" → ") })
          .at(statement.name.span)
          .helped("a record cannot hold itself; leave one of the fields out"),
      );
      return undefined;
    }
    if (this.#resolved.has(name)) return this.#resolved.get(name);
    if (statement.definition.kind === "CallExpression") {
      const read = readers.get(statement.definition.callee.text);
      return read === undefined ? undefined : this.#read(read, statement, statement.definition);
    }
    this.#open.push(name);
    const record = recordType(resolveFields(statement.definition.fields, this));
    this.#open.pop();
    this.#resolved.set(name, record);
    return record;
  }

  /** The schemas that were inferred from samples, in the order of the file. */
  get inferred(): readonly InferredSchema[] {
    return [...this.#inferred].sort((a, b) => a.span.start - b.span.start);
  }

  #read(read: SchemaReader, { name, span }: SchemaStatement, definition: CallExpression): RecordType | undefined {
    const fields = read(name, definition, { ...this.#samples, report: this.#report });
    const record = fields === undefined ? undefined : recordType(fields);
    this.#resolved.set(name.text, record);
    if (fields !== undefined) this.#inferred.push({ name: name.text, format: definition.callee.text, path: samplePath(definition), fields, span });
    return record;
  }

  /** Checks every schema, used or not. */
  check(): void {
    for (const [name, { definition }] of this.#statements) {
      if (definition.kind === "RecordType" || readers.has(definition.callee.text)) this.schema(name);
      else {
        const help = suggestion(definition.callee.text, readers.keys(), "schema files");
        const diagnostic = unknownConnector({ name: definition.callee.text, role: "schema file" }).at(definition.callee.span);
        this.#report(help === undefined ? diagnostic : diagnostic.helped(help));
      }
    }
  }
}
