import { importedArgumentCount, importedArgumentType } from "../../diagnostics/catalogue/imports.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import { userCall } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { typeText } from "../../ir/types/data-type.ts";
import type { ReadSignature } from "../user-functions/read-signature.ts";
import { bindArguments } from "./bind-call.ts";
import { coerce } from "./coerce.ts";
import type { ExprContext } from "./expr-context.ts";
import { isPoisoned, poison } from "./poison.ts";
import { typeWords } from "./type-words.ts";

/** A call of an imported function, checked against the signature in its TypeScript source. */
export function bindUserCall(node: CallExpression, context: ExprContext): Expr {
  const { job } = context;
  const args = bindArguments(node, context);
  const signature = job.functions.signature(node.callee.text);
  if (args === undefined || signature === undefined) return poison(node.span);
  const { parameters } = signature.ref;
  if (args.length < signature.required || args.length > parameters.length) {
    const expected = countWords(signature.required, parameters.length);
    job.report(
      importedArgumentCount({ name: node.callee.text, expected, found: args.length }).at(node.span).also(signature.span, `takes ${expected}`, signature.file),
    );
    return poison(node.span);
  }
  const fitting = args.map((arg, index) => fit(arg, index, node, signature, context));
  return fitting.some(isPoisoned) ? poison(node.span) : userCall(signature.ref, fitting, node.span);
}

function fit(arg: Expr, index: number, node: CallExpression, signature: ReadSignature, { job }: ExprContext): Expr {
  const parameter = signature.ref.parameters[index];
  const place = signature.parameterPlaces[index];
  if (isPoisoned(arg) || parameter === undefined || place === undefined) return poison(arg.origin);
  if (fits(arg.type, parameter.type)) return coerce(arg, parameter.type);
  const diagnostic = importedArgumentType({ name: node.callee.text, parameter: parameter.name, expected: `a ${place.typeText}`, found: typeWords(arg.type) })
    .at(arg.origin ?? node.span)
    .also(place.span, `\`${parameter.name}\` is declared as ${place.typeText}`, place.file);
  const help =
    parameter.type.kind === "double" && arg.type.kind === "long"
      ? `a number does not hold every long: declare \`${parameter.name}: bigint\`, or write \`cast(… as double)\``
      : parameter.type.kind === "double" && arg.type.kind === "decimal"
        ? "write `cast(… as double)`"
        : parameter.type.kind === "string"
          ? "write `cast(… as string)`"
          : undefined;
  job.report(help === undefined ? diagnostic : diagnostic.helped(help));
  return poison(arg.origin);
}

/** A number takes what a double holds exactly; a bigint takes whole numbers. */
function fits(found: DataType, wanted: DataType): boolean {
  if (found.kind === "null") return true;
  if (wanted.kind === "double") return found.kind === "double" || found.kind === "float" || found.kind === "int";
  if (wanted.kind === "long") return found.kind === "long" || found.kind === "int";
  if (wanted.kind === "array") return found.kind === "array" && (typeText(found.element) === typeText(wanted.element) || found.element.kind === "null") && (wanted.elementNullable || !found.elementNullable);
  if (wanted.kind === "map") return found.kind === "map" && typeText(found.key) === typeText(wanted.key) && typeText(found.value) === typeText(wanted.value) && (wanted.valueNullable || !found.valueNullable);
  return found.kind === wanted.kind;
}

function countWords(least: number, most: number): string {
  if (most === 0) return "no arguments";
  const count = least === most ? `${most}` : `${least} to ${most}`;
  return `${count} argument${most === 1 ? "" : "s"}`;
}
