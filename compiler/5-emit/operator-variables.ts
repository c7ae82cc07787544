import type { EmittedValue } from "../catalog/expressions/environment.ts";
import type { Code } from "../code/code.ts";
import type { PhysicalQuery, PhysicalTogether } from "../ir/physical/physical.ts";
import type { SourceText } from "../source/source-text.ts";
import { lateRoutes } from "./late-routes.ts";
import type { ModuleScope } from "./module-scope.ts";
import type { QueryScope } from "./query-scope.ts";
import { runtimeWords } from "./runtime-words.ts";
import { selectedOf } from "./selected-pairs.ts";
import { paramsOf } from "./query-params.ts";

/** What the pipelines of a query share, with a variable for each of its operators, named after it. */
export function makeScope(query: PhysicalQuery | PhysicalTogether, module: ModuleScope, source: SourceText): QueryScope {
  const names = module.names.child();
  const variables = new Map<string, Code>();
  const params = new Map<string, EmittedValue>();
  // What build itself calls must not be hidden by a variable of build.
  for (const name of ["process", "finish", "groups", "rows", "order"]) if (!names.has(name)) names.name(name);
  const scope: QueryScope = { query, source, module, names, params, variables };
  for (const param of paramsOf(query)) if (!params.has(param.name)) params.set(param.name, { code: names.name(param.name, runtimeWords), nullable: param.nullable });
  for (const table of query.tables) variables.set(`table ${table.id}`, names.name(names.has(hintOf(table.id)) || runtimeWords.has(hintOf(table.id)) ? `${hintOf(table.id)}Groups` : hintOf(table.id), runtimeWords));
  for (const lookup of query.lookups) variables.set(`lookup ${lookup.id}`, names.name(`${lookup.relation}Table`, runtimeWords));
  for (const join of query.joins) variables.set(`join ${join.id}`, names.name(`${hintOf(join.id)} join`, runtimeWords));
  for (const join of query.joins) if (selectedOf(join, query) !== undefined) variables.set(`joined rows ${join.id}`, names.name(`joined ${hintOf(join.id)}`, runtimeWords));
  for (const table of query.tables) if (table.changes !== undefined) variables.set(`group rows ${table.id}`, names.name(`${hintOf(table.id)} rows`, runtimeWords));
  for (const top of query.tops) variables.set(`top ${top.id}`, names.name(`${hintOf(top.id)} top`, runtimeWords));
  for (const { id } of query.states) variables.set(`state ${id}`, names.name(`${hintOf(id)} state`, runtimeWords));
  for (const rows of query.latest) variables.set(`lookup ${rows.id}`, names.name(`latest ${rows.relation}`, runtimeWords));
  for (const call of query.calls) variables.set(`call ${call.id}`, names.name(`${hintOf(call.id)} rows`, runtimeWords));
  for (const watermark of query.watermarks) variables.set(`watermark ${watermark.operatorId}`, names.name(`${hintOf(watermark.operatorId)}Watermark`, runtimeWords));
  for (const keys of query.keySets) variables.set(`keys ${keys.id}`, names.name(`${hintOf(keys.id)} seen`, runtimeWords));
  for (const { id } of query.limits) variables.set(`limit ${id}`, names.name(`${hintOf(id)} limit`, runtimeWords));
  for (const { sideOutput } of lateRoutes(query)) {
    if (!variables.has(`side output ${sideOutput}`)) variables.set(`side output ${sideOutput}`, names.name(/rows$/i.test(sideOutput) ? sideOutput : sideOutput.includes("_") ? `${sideOutput}_rows` : `${sideOutput} rows`, runtimeWords));
  }
  for (const { consumer } of query.pipelines) {
    if (consumer.kind === "rows" && !variables.has(`buffer ${consumer.buffer}`)) {
      variables.set(`buffer ${consumer.buffer}`, names.name(`${consumer.buffer === "rows" ? "result" : consumer.buffer}Rows`, runtimeWords));
    }
  }
  return scope;
}

/** `ranking/aggregate` → `ranking`, `ranking/perHour` → `ranking`, `out/ranking/aggregate` → `ranking`. */
export function hintOf(operatorId: string): string {
  return operatorId.split("/").at(-2) ?? operatorId;
}
