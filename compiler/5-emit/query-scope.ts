import type { EmittedValue } from "../catalog/expressions/environment.ts";
import type { Code } from "../code/code.ts";
import type { Scope } from "../code/scope.ts";
import type { BatchCall, GroupTable, KeySet, LatestTable, LookupTable, PhysicalProgram, PhysicalQuery, PhysicalTogether, StreamJoinTable, TopTable, UserStateTable } from "../ir/physical/physical.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { SourceText } from "../source/source-text.ts";
import type { ModuleScope } from "./module-scope.ts";

/** What the pipelines of one query share: its operators by id with their variables, its params, its names. */
export interface QueryScope {
  readonly query: PhysicalQuery | PhysicalTogether;
  readonly source: SourceText;
  readonly module: ModuleScope;
  readonly names: Scope;
  readonly params: ReadonlyMap<string, EmittedValue>;
  /** Variables of group tables, lookups, joins, buffers and side outputs (by their name) and watermarks (by operator id). */
  readonly variables: ReadonlyMap<string, Code>;
}

export function variableOf(scope: QueryScope, kind: "call" | "table" | "group rows" | "state" | "lookup" | "join" | "joined rows" | "top" | "keys" | "limit" | "buffer" | "watermark" | "side output", id: string): Code {
  return scope.variables.get(`${kind} ${id}`) ?? internalError("E9007", `the ${kind} ${id} has no variable`);
}

export function tableOf(query: PhysicalProgram, id: string): GroupTable {
  return query.tables.find((table) => table.id === id) ?? internalError("E9007", `there is no group table ${id}`);
}

export function keySetOf(query: PhysicalProgram, id: string): KeySet {
  return query.keySets.find((keys) => keys.id === id) ?? internalError("E9007", `there is no set of keys ${id}`);
}

export function lookupOf(query: PhysicalProgram, id: string): LookupTable {
  return query.lookups.find((lookup) => lookup.id === id) ?? internalError("E9007", `there is no lookup ${id}`);
}

/** What a lookup step reads: the rows of a bounded side, or the newest ones of a changing stream. */
export function lookedUpOf(query: PhysicalProgram, id: string): LookupTable | LatestTable {
  return query.latest.find((rows) => rows.id === id) ?? lookupOf(query, id);
}

export function latestOf(query: PhysicalProgram, id: string): LatestTable {
  return query.latest.find((rows) => rows.id === id) ?? internalError("E9007", `there are no latest rows ${id}`);
}

/** The call of a function over the rows of a batch. */
export function callOf(query: PhysicalProgram, id: string): BatchCall {
  return query.calls.find((call) => call.id === id) ?? internalError("E9007", `there is no call ${id}`);
}

export function topOf(query: PhysicalProgram, id: string): TopTable {
  return query.tops.find((top) => top.id === id) ?? internalError("E9007", `there is no top ${id}`);
}

export function stateOf(query: PhysicalProgram, id: string): UserStateTable {
  return query.states.find((state) => state.id === id) ?? internalError("E9007", `there is no state ${id}`);
}

export function streamJoinOf(query: PhysicalProgram, id: string): StreamJoinTable {
  return query.joins.find((join) => join.id === id) ?? internalError("E9007", `there is no join ${id}`);
}
