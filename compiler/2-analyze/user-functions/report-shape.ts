import { foreignType, recursiveType, untypedValue } from "../../diagnostics/catalogue/imports.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../source/span.ts";
import type { DeclaredPlace } from "./place.ts";
import type { ShapeProblem } from "./shape-of-type.ts";

/** What a type with a problem is the type of. */
export interface ShapeOwner {
  /** The function, or its method: `score`, `writer.process`. */
  readonly name: string;
  /** ``the parameter `row` ``, `the result`. */
  readonly what: string;
  readonly use: "parameter" | "result";
  /** In the job. */
  readonly at: Span;
  /** Of the whole. */
  readonly place: DeclaredPlace;
}

/** Reports a type that no column can hold, at the job and at the field or parameter that has it. */
export function reportShape(problem: ShapeProblem, { name, what, use, at, place }: ShapeOwner, report: (diagnostic: Diagnostic) => void): void {
  const path = problem.path.replace(/^\./, "");
  const part = path === "" ? what : `\`${path}\` in ${what}`;
  const { span, file } = problem.place ?? place;
  const declared = path === "" ? "declared here" : "this field";
  const { type } = problem;
  const draft = problem.why === "untyped" ? untypedValue({ name, what: part, type }) : problem.why === "recursive" ? recursiveType({ name, what: part, type }) : foreignType({ name, what: part, type });
  report(draft.at(at).also(span, declared, file).helped(helpOf(problem, use)));
}

function helpOf({ why }: ShapeProblem, use: "parameter" | "result"): string {
  const verb = use === "parameter" ? "take" : "return";
  switch (why) {
    case "untyped":
      return `declare the type${use === "result" ? " that it returns" : ""}; types of packages are not read`;
    case "recursive":
      return "a column's type has an end: use a text (JSON), or records without the field";
    case "mixed":
      return `${verb} one type, or null`;
    case "literals":
      return "declare the return type: the objects that it returns differ";
    case "names":
      return `${verb} a \`Map<string, T>\`: a record has the names that its type says`;
    case "method":
      return "a row has values only: leave the method out of the type";
    case "no fields":
      return "declare its fields";
    case "foreign":
      return `${verb} string, number, boolean, bigint, Date, Uint8Array, arrays, maps from strings or records of them, or null`;
  }
}
