import { connectorNotImported } from "../../diagnostics/catalogue/user-connectors.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { Argument } from "../../ir/ast/expression.ts";
import type { ImportedRef } from "../../ir/expr/expr.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";
import type { ImportedValue } from "../user-functions/user-functions.ts";

/** What a connector is given of a user's module. */
export interface GivenImport extends ImportedValue {
  /** As the emitted module imports it. */
  readonly ref: ImportedRef;
  /** Where the job gives it. */
  readonly at: Span;
}

/** The import that an argument names, taken into the emitted module; undefined after a report. `what` is wanted: `a writer`. */
export function importedArgument({ value }: Argument, connector: string, what: string, job: JobContext): GivenImport | undefined {
  if (value.kind === "MissingExpression") return undefined;
  const name = value.kind === "NameExpression" ? value.name.text : undefined;
  if (name === undefined || !job.declarations.functions.has(name)) {
    const diagnostic = connectorNotImported({ connector, what, found: name === undefined ? "something else" : `\`${name}\`` }).at(value.span);
    const near = name === undefined ? undefined : suggestion(name, job.declarations.functions.keys(), "the imported names are");
    job.report(diagnostic.helped(near ?? `write \`import { ${name ?? "name"} } from "./file.ts"\` and give its name`));
    return undefined;
  }
  const found = job.functions.imported(name);
  if (found === undefined) return undefined;
  const { imported } = found;
  const ref: ImportedRef = { name: imported.alias.text, exportName: imported.name.text, from: imported.statement.from.value };
  job.functions.use(ref);
  return { ...found, ref, at: value.span };
}
