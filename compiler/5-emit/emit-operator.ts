import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import { arrayCode, callCode, code, joinCode, method, objectCode } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { stringCode, trueCode } from "../code/literal.ts";
import { runtime } from "../code/runtime-name.ts";
import type { WatermarkSpec, WindowKey } from "../ir/logical/plan.ts";
import type { GroupTable, KeySet, RowLimit } from "../ir/physical/physical.ts";
import { columnLaneCode, laneOf } from "./aggregate-code.ts";
import { durationCode } from "./duration-code.ts";
import { keySpec, placeSpec } from "./emit-order.ts";
import { layOut } from "../code/lay-out.ts";
import { keyNames, keyProperty } from "./key-names.ts";
import type { ModuleScope } from "./module-scope.ts";
import type { RowEnvironment } from "./row-environment.ts";
import { descriptorText } from "./value-type.ts";

const context = new Code("context", Precedence.primary, []);

/** The call that makes the state of an aggregate: `context.groups("ranking/aggregate", { … })`, or `sessions`, kept or for one batch. */
export function tableCode(table: GroupTable, module: ModuleScope): Code {
  const isSession = table.groups.some((item) => item.kind === "window" && item.window.kind === "session");
  if (!table.kept) return method(context, isSession ? "scratchSessions" : "scratchGroups", tableSpec(table, module));
  return method(context, isSession ? "sessions" : "groups", stringCode(table.id), tableSpec(table, module));
}

function tableSpec(table: GroupTable, module: ModuleScope): Code {
  const keys = table.groups.flatMap((item) => (item.kind === "key" ? [[keyProperty(item.key.name), descriptorText(item.key.expr.type, item.key.expr.nullable)] as const] : []));
  const window = table.groups.flatMap((item) => (item.kind === "window" && item.window.kind !== "session" ? [windowCode(item.window)] : []));
  const { closing } = table;
  // What adds to the lane of another aggregate has none of its own.
  const own = table.aggregates.filter((column) => laneOf(table, column) === column);
  const lanes = layOut(own.map((column) => [column.name, columnLaneCode(table, column, module)] as const));
  const parts: readonly Code[] = [
    code`key: ${keySpec(keys)}`,
    ...window.map((made) => code`window: ${made}`),
    ...(table.mayBeEmpty === true ? [code`mayBeEmpty: ${trueCode}`] : []),
    ...(table.counted ? [code`counted: ${trueCode}`] : []),
    ...(closing === undefined ? [] : [code`closing: ${typeof closing === "string" ? stringCode(closing) : objectCode([["key", stringCode(keyProperty(closing.key))]])}`]),
    ...(table.underWatermark ? [code`underWatermark: ${trueCode}`] : []),
    ...(table.above.length === 0 ? [] : [code`above: ${arrayCode(table.above.map(stringCode))}`]),
    code`lanes: () => (${new Code(lanes.text.replace(/\n/g, "\n  "), Precedence.primary, lanes.uses)})`,
  ];
  const spec = code`{\n  ${joinCode(parts, ",\n  ")},\n}`;
  return new Code(spec.text, Precedence.primary, spec.uses);
}

function windowCode(window: Exclude<WindowKey, { kind: "session" }>): Code {
  const offset = window.offset === 0 ? [] : [durationCode(window.offset)];
  return window.kind === "tumbling"
    ? callCode(runtime("tumblingWindow"), durationCode(window.size), ...offset)
    : callCode(runtime("slidingWindow"), durationCode(window.size), durationCode(window.slide), ...offset);
}

/** The call that makes a set of keys: over all batches, or for each of them anew. */
export function seenKeysCode({ id, keys, kept }: KeySet): Code {
  if (kept === undefined) return method(context, "firstKeys", objectCode([["key", placeSpec(keys, (at) => keys[at]?.nullable ?? false)]]));
  const names = keyNames(keys);
  const { closing } = kept;
  const closes =
    closing === undefined ? []
    : "within" in closing ? [["closing", objectCode([["within", durationCode(closing.within)]])] as const]
    : [["closing", objectCode([["key", stringCode(names[closing.key] ?? "")]])] as const];
  const spec = layOut([
    ["key", keySpec(keys.map((key, at) => [names[at] ?? "", descriptorText(key.type, key.nullable)]))],
    ...closes,
    ...(kept.underWatermark ? [["underWatermark", trueCode] as const] : []),
    ...(kept.above.length === 0 ? [] : [["above", arrayCode(kept.above.map(stringCode))] as const]),
  ]);
  return method(context, "seenKeys", stringCode(id), spec);
}

/** The call that makes a limit over all batches. */
export function limitCode({ id, count }: RowLimit, env: RowEnvironment): Code {
  return method(context, "limit", stringCode(id), emitExpr(count, env).code);
}

/** The call that makes a watermark's tracker. */
export function watermarkCode({ operatorId, delay, future, idle }: WatermarkSpec): Code {
  const ahead = future === undefined ? [] : [["future", objectCode([["after", durationCode(future.after)], ...(future.route.kind === "into" ? [["into", stringCode(future.route.sideOutput)] as const] : [])])] as const];
  const options = [...ahead, ...(idle === undefined ? [] : [["idle", durationCode(idle)] as const])];
  return method(context, "watermark", stringCode(operatorId), durationCode(delay), ...(options.length === 0 ? [] : [objectCode(options)]));
}
