import type { Expr } from "../../ir/expr/expr.ts";
import { columnRef } from "../../ir/expr/build.ts";
import type { Column } from "../../ir/logical/column.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";

/** A name that an expression may use. */
export interface ScopeEntry {
  readonly name: string;
  /** Aliases under which the column may also be reached (`b` for `b.name`). */
  readonly qualifiers: readonly string[];
  /** The column, or what stands for it. */
  readonly expr: Expr;
  /** Only when named, never part of `*` (`window` beside `window_start` and `window_end`). */
  readonly hidden: boolean;
  /** A step before left out the rows in which it is null. The column's own type does not say so. */
  readonly isPresent?: true;
}

/** The names that reach a step. An open scope belongs to rows that are not known because of an error: every name is then accepted in silence. */
export interface Scope {
  readonly entries: readonly ScopeEntry[];
  readonly open: boolean;
  /** Aliases that are over, with the step that ended each. */
  readonly ended: ReadonlyMap<string, string>;
}

/** No names at all: options, defaults. */
export const emptyScope: Scope = { entries: [], open: false, ended: new Map() };

/** Rows that are not known because of an error. */
export const openScope: Scope = { entries: [], open: true, ended: new Map() };

/** The columns of a plan under one alias each position (`qualifiers[i]` for output column i), or one list for all. */
export function scopeOf(plan: LogicalPlan, qualifiers: readonly (readonly string[])[] | readonly string[], ended: ReadonlyMap<string, string> = new Map()): Scope {
  const entries = plan.output.map(({ id, name, type, nullable }, index): ScopeEntry => {
    const own = qualifiers[index];
    const aliases = typeof own === "object" ? own : qualifiers.filter((alias): alias is string => typeof alias === "string");
    return { name, qualifiers: aliases, expr: columnRef(id, name, type, nullable), hidden: false };
  });
  return { entries, open: false, ended };
}

/** Every column that `*` stands for, in order. */
export function visibleEntries(scope: Scope): readonly ScopeEntry[] {
  return scope.entries.filter((entry) => !entry.hidden);
}

/** The name of a column of a plan, under no alias. */
export function columnEntry({ id, name, type, nullable }: Column): ScopeEntry {
  return { name, qualifiers: [], expr: columnRef(id, name, type, nullable), hidden: false };
}

/** The names of a row that is rebuilt: their aliases are over. */
export function withoutAliases(scope: Scope): readonly ScopeEntry[] {
  return scope.entries.map((entry) => ({ ...entry, qualifiers: [] }));
}

/** All aliases in use. */
export function aliasesOf(scope: Scope): ReadonlySet<string> {
  return new Set(scope.entries.flatMap((entry) => entry.qualifiers));
}

/** The columns that a bare name may mean: hidden ones only where no visible one has it. */
export function entriesNamed(scope: Scope, name: string): readonly ScopeEntry[] {
  const all = scope.entries.filter((entry) => entry.name === name);
  const visible = all.filter((entry) => !entry.hidden);
  return visible.length > 0 ? visible : all;
}

/** The columns that `alias.name` may mean. */
export function entriesQualified(scope: Scope, alias: string, name: string): readonly ScopeEntry[] {
  return entriesNamed({ ...scope, entries: scope.entries.filter((entry) => entry.qualifiers.includes(alias)) }, name);
}

/** The aliases in use after a step that rebuilds the row, all ended by it. */
export function endAliases(scope: Scope, step: string): ReadonlyMap<string, string> {
  return new Map([...scope.ended, ...[...aliasesOf(scope)].map((alias): [string, string] => [alias, step])]);
}

/** All rows under one alias. */
export function aliased(scope: Scope, alias: string): Scope {
  return { entries: scope.entries.map((entry) => ({ ...entry, qualifiers: [alias] })), open: scope.open, ended: new Map() };
}
