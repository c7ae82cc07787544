import { partitionedBy } from "../../diagnostics/catalogue/shards.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { Input, OptionValue } from "../../ir/logical/input.ts";
import { typeText, type Field, type TypeKind } from "../../ir/types/data-type.ts";
import type { JobContext } from "../job-context.ts";
import type { GivenOption } from "./check-arguments.ts";

/** Types whose values have one text in JSON, whatever the time zone: a key can be made of them. */
const keyKinds: ReadonlySet<TypeKind> = new Set(["string", "binary", "boolean", "int", "long", "date", "decimal"]);

/** The columns that `partitionedBy` names; what is wrong with them is reported. */
export function partitioningColumns(given: readonly GivenOption[], values: readonly OptionValue[], fields: readonly Field[], job: JobContext): Pick<Input, "partitionedBy"> {
  const at = given.find(({ spec }) => spec.name === "partitionedBy")?.argument.value.span;
  const value = values.find(({ name }) => name === "partitionedBy")?.value;
  if (at === undefined || value === undefined) return {};
  const refuse = (message: string, help: string): Pick<Input, "partitionedBy"> => {
    job.report(partitionedBy({ message }).at(at).helped(help));
    return {};
  };
  const names = textsOf(value);
  if (names === undefined) return refuse("`partitionedBy` is decided when the job is compiled", 'write the names of columns: `partitionedBy: "user"`');
  if (names.length === 0) return refuse("`partitionedBy` names no column", 'write `partitionedBy: "user"`, or leave it out');
  for (const [index, name] of names.entries()) {
    const field = fields.find((candidate) => candidate.name === name);
    if (names.indexOf(name) < index) return refuse(`\`partitionedBy\` names \`${name}\` twice`, "name each column once");
    if (field === undefined) return refuse(`there is no column \`${name}\` to be partitioned by`, suggestion(name, fields.map((candidate) => candidate.name), "the columns are") ?? "name a column of the source");
    if (!keyKinds.has(field.type.kind)) return refuse(`\`${name}\` is ${typeText(field.type)}, of which no key of a message is made`, "name columns of the types string, binary, boolean, int, long, date or decimal");
  }
  return { partitionedBy: names };
}

function textsOf(value: Expr): readonly string[] | undefined {
  if (value.kind === "Literal" && typeof value.value === "string") return [value.value];
  const items = value.kind === "MakeArray" ? value.items.map((item) => (item.kind === "Literal" ? item.value : undefined)) : value.kind === "Literal" && Array.isArray(value.value) ? value.value : undefined;
  return items?.every((item): item is string => typeof item === "string") === true ? items : undefined;
}
