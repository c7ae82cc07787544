import { arrow, callCode } from "../code/build.ts";
import { Code, Precedence, type Use } from "../code/code.ts";
import { quote } from "../code/literal.ts";
import { runtime } from "../code/runtime-name.ts";
import { Scope } from "../code/scope.ts";
import { fromUser } from "../catalog/expressions/border/from-user.ts";
import { emitExpr, emitRowsCall } from "../catalog/expressions/emit-expr.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { ColumnRef, ImportedRef, UserCall } from "../ir/expr/expr.ts";
import type { DataType } from "../ir/types/data-type.ts";
import { givenRows } from "./emit-repeated-rows.ts";
import { imports, type Specifiers } from "./imports.ts";
import { ModuleScope, usesOfConstants } from "./module-scope.ts";
import { RowEnvironment } from "./row-environment.ts";
import { tsType } from "./value-type.ts";

/** A function that another engine calls: by `name`, with values for `columns`, which `call` reads. */
export interface CalledFunction {
  readonly name: string;
  readonly call: UserCall;
  readonly columns: readonly ColumnRef[];
}

/** A module that serves a job's functions to the workers of Spark: each with the types that cross, and the conversions and checks of its values around the call. */
export function emitFunctions(functions: readonly CalledFunction[], imported: readonly ImportedRef[], timezone: string, specifiers: Specifiers): string {
  const module = new ModuleScope(imported, timezone);
  const uses: Use[] = [];
  const entries = functions.map(({ name, call, columns }) => {
    const env = new RowEnvironment(module, module.names, new Map());
    const names = columns.map((column) => {
      const local = env.localName(column.name);
      env.bind(column.id, { code: local, nullable: column.nullable });
      return local;
    });
    const value = valueOf(call, env);
    uses.push(...value.uses);
    const parameters = names.map((local, at) => `${local.text}: ${typeText(columns[at])}`).join(", ");
    const isOneOrNone = call.function.returns.rows === "one or none";
    const body = value.text.startsWith("{") ? `(${value.text})` : value.text;
    return `  ${quote(name)}: {\n    takes: ${typesText(columns.map(({ type }) => type))},\n    gives: ${JSON.stringify(call.type)},\n${isOneOrNone ? "    oneOrNone: true,\n" : ""}    call: (${parameters}) => ${body},\n  },\n`;
  });
  const serve = runtime("serve", "runtime/spark/worker/serve");
  const constants = module.constants.map(({ name, value }) => `const ${name} = ${value.text};\n`).join("");
  return `${imports([...serve.uses, ...uses, ...usesOfConstants(module)], specifiers)}\n\n${constants}serve({\n${entries.join("")}});\n`;
}

/** Rows come as an array, or as the one row or null. */
function valueOf(call: UserCall, env: RowEnvironment): Code {
  const { name, returns } = call.function;
  if (returns.rows === undefined) return emitExpr(call, env).code;
  if (returns.type.kind !== "array") return internalError("E9003", `the rows of ${name} are no array`);
  const { element } = returns.type;
  const present = { ...returns.shape, nullable: false, optional: false };
  if (returns.rows === "one or none") return fromUser(emitRowsCall(call, env), element, { ...present, nullable: true }, name);
  const scope = new Scope();
  const row = scope.name("row");
  return callCode(new Code("Array.from", Precedence.postfix, []), givenRows(call, env), arrow([row], fromUser(row, element, present, `${name}[]`, scope)));
}

function typeText(column: ColumnRef | undefined): string {
  return column === undefined ? "unknown" : tsType(column.type, column.nullable);
}

function typesText(types: readonly DataType[]): string {
  return `[${types.map((type) => JSON.stringify(type)).join(", ")}]`;
}
