import { connectorOptionType } from "../../diagnostics/catalogue/connectors.ts";
import type { Argument } from "../../ir/ast/expression.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { JobContext } from "../job-context.ts";

/** The names of columns in an argument: `[year, month]`, or one alone. */
export function columnNames({ name, value }: Argument, job: JobContext): readonly Name[] {
  const items = value.kind === "ArrayExpression" ? value.items : [value];
  return items.flatMap((item) => {
    if (item.kind === "NameExpression") return [item.name];
    if (item.kind !== "MissingExpression") {
      job.report(connectorOptionType({ name: name?.text ?? "", expected: "names of columns", found: "something else" }).at(item.span).helped("write `[column, …]`; a value that is computed gets a name with `extend`"));
    }
    return [];
  });
}
