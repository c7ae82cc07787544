import type { ImportStatement, InputStatement, OptionStatement, ParamStatement, Program, SchemaStatement, SinkStatement, StreamStatement, WindowStatement } from "../../ir/ast/index.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { DiagnosticBag } from "../../diagnostics/bag.ts";
import { duplicateName } from "../../diagnostics/catalogue/names.ts";

/** A function of a TypeScript module under its name in the job. */
export interface ImportedName {
  readonly statement: ImportStatement;
  /** The export's name. */
  readonly name: Name;
  readonly alias: Name;
}

/** What a file declares, by name space, in the order written. Of two with one name the first counts. */
export interface Declarations {
  /** Sources, tables and streams share a name space. */
  readonly relations: ReadonlyMap<string, InputStatement | StreamStatement>;
  readonly schemas: ReadonlyMap<string, SchemaStatement>;
  readonly windows: ReadonlyMap<string, WindowStatement>;
  readonly params: ReadonlyMap<string, ParamStatement>;
  readonly functions: ReadonlyMap<string, ImportedName>;
  readonly sinks: ReadonlyMap<string, SinkStatement>;
  readonly options: ReadonlyMap<string, OptionStatement>;
}

/** Sorts the statements into their name spaces and reports names that are taken. */
export function collectDeclarations(program: Program, diagnostics: DiagnosticBag): Declarations {
  const relations = new NameSpace<InputStatement | StreamStatement>(diagnostics);
  const schemas = new NameSpace<SchemaStatement>(diagnostics);
  const windows = new NameSpace<WindowStatement>(diagnostics);
  const params = new NameSpace<ParamStatement>(diagnostics);
  const functions = new NameSpace<ImportedName>(diagnostics);
  const sinks = new NameSpace<SinkStatement>(diagnostics);
  const options = new NameSpace<OptionStatement>(diagnostics);
  for (const statement of program.statements) {
    switch (statement.kind) {
      case "Import":
        for (const { name, alias } of statement.imports) functions.declare("function", alias, { statement, name, alias });
        break;
      case "Option":
        options.declare("option", statement.name, statement);
        break;
      case "Param":
        params.declare("param", statement.name, statement);
        break;
      case "Schema":
        schemas.declare("schema", statement.name, statement);
        break;
      case "Input":
        relations.declare(statement.bounded ? "table" : "source", statement.name, statement);
        break;
      case "Window":
        windows.declare("window", statement.name, statement);
        break;
      case "Stream":
        relations.declare("stream", statement.name, statement);
        break;
      case "Sink":
        sinks.declare("sink", statement.name, statement);
        break;
    }
  }
  return {
    relations: relations.names,
    schemas: schemas.names,
    windows: windows.names,
    params: params.names,
    functions: functions.names,
    sinks: sinks.names,
    options: options.names,
  };
}

class NameSpace<T> {
  readonly names = new Map<string, T>();
  readonly #first = new Map<string, Name>();
  readonly #diagnostics: DiagnosticBag;

  constructor(diagnostics: DiagnosticBag) {
    this.#diagnostics = diagnostics;
  }

  declare(what: string, name: Name, value: T): void {
    const first = this.#first.get(name.text);
    if (first === undefined) {
      this.#first.set(name.text, name);
      this.names.set(name.text, value);
      return;
    }
    this.#diagnostics.add(
      duplicateName({ what, name: name.text }).at(name.span).also(first.span, "declared here first").helped(`give the second ${what} another name`),
    );
  }
}
