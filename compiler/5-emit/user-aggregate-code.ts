import { fromUser } from "../catalog/expressions/border/from-user.ts";
import { toUser } from "../catalog/expressions/border/to-user.ts";
import type { AggregateFunction } from "../catalog/functions/aggregate-function.ts";
import { resolved } from "../catalog/functions/operand.ts";
import { arrayCode, arrow, callCode, method } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { layOut } from "../code/lay-out.ts";
import { stringCode } from "../code/literal.ts";
import { runtime } from "../code/runtime-name.ts";
import { Scope } from "../code/scope.ts";
import type { AggregateCall } from "../ir/expr/aggregate-call.ts";
import type { UserAggregateRef } from "../ir/expr/user-aggregate.ts";
import type { ModuleScope } from "./module-scope.ts";
import { userTypeText } from "./user-type-code.ts";
import { tsType } from "./value-type.ts";

/** An imported aggregate as the emitter takes those of the catalogue. Without a module its name stands for it, which is enough to compare two calls. */
export function userAggregateOf(call: AggregateCall, user: UserAggregateRef, module: ModuleScope | undefined): AggregateFunction {
  const lane = (factory: string): Code => {
    const imported = module?.userFunction(user) ?? new Code(user.name, Precedence.primary, []);
    return callCode(runtime(factory), imported, specCode(call, user, module?.names ?? new Scope()));
  };
  return {
    name: user.name,
    summary: "imported",
    takesNull: (at) => takesNull(user, at),
    // It is bound already.
    resolve: () => resolved(call.args.map(({ type }) => type), call.type, call.nullable),
    lane: () => lane("userAggregate"),
    ...(user.retracts ? { changingLane: () => lane("invertibleAggregate") } : {}),
    emitAdd: (own, slot, args) => method(own, "add", slot, ...args),
    emitResult: (own, slot) => method(own, "get", slot),
  };
}

function takesNull({ parameters }: UserAggregateRef, at: number): boolean {
  return parameters[at]?.nullable === true;
}

/** `{ name: "topWords", state: { map: "number" }, values: (word: string, at: number) => [word, dateOfTimestamp(at)], result: (value) => asText(value, "result of topWords") }` */
function specCode(call: AggregateCall, user: UserAggregateRef, names: Scope): Code {
  const { exportName: name, returns } = user;
  const result = names.child().name("value");
  return layOut([
    ["name", stringCode(name)],
    ["state", new Code(userTypeText(user.state), Precedence.primary, [])],
    ...valuesCode(call, user, names.child()),
    ["result", arrow([result], fromUser(result, call.type, returns.shape, `result of ${name}`, names.child([result.text])))],
  ]);
}

/** What `add` is given for the values of a row; nothing where it is those values. */
function valuesCode(call: AggregateCall, user: UserAggregateRef, names: Scope): readonly (readonly [string, Code])[] {
  const parameters = call.args.flatMap((arg, at) => {
    const parameter = user.parameters[at];
    if (parameter === undefined) return [];
    const nullable = arg.nullable && takesNull(user, at);
    const variable = names.name(parameter.name);
    const given = toUser({ code: variable, nullable }, arg.type, parameter.shape, `${user.exportName}.${parameter.name}`, names);
    return [{ variable, given, declared: new Code(`${variable.text}: ${tsType(arg.type, nullable)}`, Precedence.primary, []) }];
  });
  if (parameters.every(({ variable, given }) => given.text === variable.text)) return [];
  return [["values", arrow(parameters.map(({ declared }) => declared), arrayCode(parameters.map(({ given }) => given)))]];
}
