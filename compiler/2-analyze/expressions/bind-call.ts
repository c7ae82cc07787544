import { aggregateNames, findAggregate, findScalar, scalarNames } from "../../catalog/functions/registry.ts";
import { unknownFunction } from "../../diagnostics/catalogue/names.ts";
import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import { aggregateClauseMisplaced, asTypeMisplaced, badDefault, misplacedStar, namedArgument, windowKey } from "../../diagnostics/catalogue/types.ts";
import { tableFunction } from "../../diagnostics/catalogue/table-functions.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { applyFunction } from "./apply-function.ts";
import { bindAggregateCall } from "./bind-aggregate-call.ts";
import { bindCast } from "./bind-cast.ts";
import { bindEnv } from "./bind-env.ts";
import { bindExpr } from "./bind-expr.ts";
import { bindFromText, bindToJson } from "./bind-from-text.ts";
import { bindGrouping } from "./bind-grouping.ts";
import { bindUserAggregate } from "./bind-user-aggregate.ts";
import { bindUserCall } from "./bind-user-call.ts";
import { bindWindowTime, bindWindowValue } from "./bind-window-value.ts";
import type { ExprContext } from "./expr-context.ts";
import { foreignWindow } from "./foreign-windows.ts";
import { laterFunctions } from "./later-functions.ts";
import { poison } from "./poison.ts";

/** Windows that are keys only: why a row has no one window of the kind to be its value. */
const keyWindows: ReadonlyMap<string, string> = new Map([
  ["sliding", "a row falls into several"],
  ["session", "where it ends depends on the rows that follow"],
]);

/** Functions of Spark that give rows: each is a step here. */
const tableFunctions: ReadonlyMap<string, string> = new Map([
  ["explode", "write the step `|> explode E as n`"],
  ["explode_outer", "write the step `|> explode_outer E as n`"],
  ["posexplode", "write the step `|> explode E as n`, which gives the elements without their positions"],
  ["posexplode_outer", "write the step `|> explode_outer E as n`, which gives the elements without their positions"],
  ["inline", "write `|> explode E as n |> select *, n.*`"],
  ["inline_outer", "write `|> explode_outer E as n |> select *, n.*`"],
  ["stack", "write the step `|> unpivot (v for k in (a, b))`"],
]);

/** A call: a special form, an imported function, an aggregate, or a function of the catalogue. */
export function bindCall(node: CallExpression, context: ExprContext): Expr {
  const name = node.callee.text;
  if (name === "cast" || name === "try_cast") return bindCast(node, context);
  if (name === "from_json" || name === "from_csv") return bindFromText(name, node, context);
  if (name === "to_json") return bindToJson(node, context);
  if (name === "env") return bindEnv(node, context);
  if (name === "tumbling") return bindWindowValue(node, context);
  if (name === "window_time") return bindWindowTime(node, context);
  if (keyWindows.has(name) || name === "batches") return refuseWindow(node, context);
  if (name === "grouping" || name === "grouping_id") return bindGrouping(node, context);
  if (context.job.functions.isAggregate(name)) return bindUserAggregate(node, context);
  if (context.job.declarations.functions.has(name)) return bindUserCall(node, context);
  if (findAggregate(name) !== undefined) return bindAggregateCall(node, context);
  const scalar = scalarNames().includes(name) ? findScalar(name) : undefined;
  const args = bindArguments(node, context);
  if (scalar !== undefined) return args === undefined ? poison(node.span) : applyFunction(scalar, args, node.span, node.callee.span, context.job);
  reportUnknown(node, context);
  return poison(node.span);
}

/** The arguments of a plain call, by position; undefined after a report that one is written in a way that such a call does not take. */
export function bindArguments(node: CallExpression, context: ExprContext): readonly Expr[] | undefined {
  const { job } = context;
  const name = node.callee.text;
  let plain = true;
  const args = node.args.map((argument) => {
    if (argument.name !== undefined) {
      job.report(namedArgument({ name, argument: argument.name.text }).at(argument.name.span).helped("leave the name out"));
      plain = false;
    }
    if (argument.asType !== undefined) {
      job.report(asTypeMisplaced({ message: `\`${name}\` takes no type` }).at(argument.asType.span).helped("only `cast`, `try_cast` and `from_json` take `as T`"));
      plain = false;
    }
    if (argument.distinct) {
      job.report(aggregateClauseMisplaced({ clause: "distinct", name }).at(argument.span));
      plain = false;
    }
    if (argument.value.kind === "StarExpression") {
      job.report(misplacedStar({}).at(argument.value.span));
      plain = false;
      return poison(argument.span);
    }
    return bindExpr(argument.value, context);
  });
  if (node.where !== undefined) {
    bindExpr(node.where, context);
    job.report(aggregateClauseMisplaced({ clause: "where", name }).at(node.where.span));
    plain = false;
  }
  return plain ? args : undefined;
}

/** A window that is a key only, where a value is wanted. */
function refuseWindow({ callee: { text: name, span }, span: whole }: CallExpression, { job }: ExprContext): Expr {
  const why = keyWindows.get(name);
  const diagnostic = why === undefined ? notInThisVersion({ what: `the window \`${name}\`` }).at(span) : windowKey({ message: `a ${name} window is a key and no value: ${why}` }).at(whole);
  job.report(diagnostic.helped(`use it as a key: \`aggregate … group by ${name}(…)\``));
  return poison(whole);
}

function reportUnknown(node: CallExpression, { job }: ExprContext): void {
  const name = node.callee.text;
  const { span } = node.callee;
  const step = tableFunctions.get(name);
  if (step !== undefined) {
    job.report(tableFunction({ name }).at(span).helped(step));
    return;
  }
  if (laterFunctions.has(name)) {
    job.report(notInThisVersion({ what: `the function \`${name}\`` }).at(span));
    return;
  }
  const key = foreignWindow(name);
  if (key !== undefined) {
    job.report(unknownFunction({ name }).at(span).helped(`windows are keys: \`group by ${key.join("` or `")}\``));
    return;
  }
  if (name === "cube" || name === "rollup") {
    job.report(badDefault({ message: `\`${name}\` stands only in \`group by\`` }).at(span).labelled("not a value"));
    return;
  }
  const names = [...scalarNames(), ...aggregateNames(), ...job.declarations.functions.keys(), "cast", "try_cast", "from_csv", "from_json", "tumbling", "sliding", "session", "window_time"];
  const help = suggestion(name, names, "functions");
  const diagnostic = unknownFunction({ name }).at(span);
  job.report(help === undefined ? diagnostic : diagnostic.helped(help));
}
