import { suggestion } from "../../diagnostics/did-you-mean.ts";
import { unknownConnector } from "../../diagnostics/catalogue/connectors.ts";
import { cyclicDefinition } from "../../diagnostics/catalogue/names.ts";
import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { SchemaStatement } from "../../ir/ast/statement.ts";
import type { RecordType } from "../../ir/types/data-type.ts";
import { recordType } from "../../ir/types/data-type.ts";
import type { TypeNames } from "./resolve-type.ts";
import { resolveFields } from "./resolve-type.ts";

const fileFormats = ["avro", "csv", "json", "parquet"];

/** The schemas of a file, resolved on demand, each once; a schema that holds itself is refused. */
export class Schemas implements TypeNames {
  readonly schemaNames: ReadonlySet<string>;
  readonly #statements: ReadonlyMap<string, SchemaStatement>;
  readonly #report: (diagnostic: Diagnostic) => void;
  readonly #resolved = new Map<string, RecordType | undefined>();
  readonly #open: string[] = [];

  constructor(statements: ReadonlyMap<string, SchemaStatement>, report: (diagnostic: Diagnostic) => void) {
    this.#statements = statements;
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
    if (statement.definition.kind === "CallExpression") {
      const format = statement.definition.callee.text;
      if (fileFormats.includes(format)) this.#report(notInThisVersion({ what: `\`schema … from ${format}(…)\`` }).at(statement.definition.span).helped(`write the fields: \`schema ${name} { … }\``));
      return undefined;
    }
    if (!this.#resolved.has(name)) {
      this.#open.push(name);
      this.#resolved.set(name, recordType(resolveFields(statement.definition.fields, this)));
      this.#open.pop();
    }
    return this.#resolved.get(name);
  }

  /** Checks every schema, used or not. */
  check(): void {
    for (const [name, { definition }] of this.#statements) {
      if (definition.kind === "RecordType") this.schema(name);
      else if (!fileFormats.includes(definition.callee.text)) {
        const help = suggestion(definition.callee.text, fileFormats, "schema files");
        const diagnostic = unknownConnector({ name: definition.callee.text, role: "schema file" }).at(definition.callee.span);
        this.#report(help === undefined ? diagnostic : diagnostic.helped(help));
      }
    }
  }
}
