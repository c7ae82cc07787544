import type { GroupState, ListState, Timers, ValueState } from "../../../../runtime/index.ts";

interface Row {
  readonly page: string;
  readonly at: Date;
}

export function counted(rows: readonly Row[], before: number | undefined): number {
  return (before ?? 0) + rows.length;
}

export function one(user: bigint | null, rows: readonly Row[], state: GroupState<number>): { readonly user: bigint | null; readonly n: number } {
  state.update((state.get() ?? 0) + rows.length);
  return { user, n: state.get() ?? 0 };
}

export function many(user: bigint | null, rows: readonly Row[], state: GroupState<number>): { readonly at: Date; readonly user: bigint | null; readonly page: string }[] {
  return state.exists ? [] : rows.map(({ page, at }) => ({ at, user, page }));
}

export function timed(user: bigint | null, rows: readonly Row[], states: { readonly last: ValueState<Date>; readonly timers: Timers }): { readonly user: bigint | null }[] {
  for (const { at } of rows) states.timers.atEventTime(at);
  return states.timers.fired === undefined ? [] : [{ user }];
}

export function alone(rows: readonly Row[]): number {
  return rows.length;
}

export function differs(rows: readonly Row[], before: number | undefined): string {
  return `${before ?? 0}${rows.length}`;
}

export function named(key: { readonly user: bigint | null; readonly site: string }, rows: readonly Row[], state: GroupState<number>): { readonly n: number }[] {
  return [{ n: rows.length + key.site.length + (state.get() ?? 0) }];
}

export function pair([user, page]: [bigint, string], rows: readonly Row[], state: GroupState<number>): { readonly n: number }[] {
  return [{ n: rows.length + page.length + Number(user) + (state.get() ?? 0) }];
}

export function texts(pages: readonly string[], before: number | undefined): number {
  return (before ?? 0) + pages.length;
}

export function patterns(user: bigint | null, rows: readonly Row[], state: GroupState<RegExp>): { readonly n: number }[] {
  return [{ n: rows.length + Number(user) + (state.get()?.source.length ?? 0) }];
}

export function open(user: bigint | null, rows: readonly Row[], state: GroupState<{ readonly tags: unknown }>): { readonly n: number }[] {
  return [{ n: rows.length + Number(user) + (state.exists ? 1 : 0) }];
}

export function hourly(user: bigint | null, rows: readonly Row[], states: { readonly pages: ListState<string, "an hour"> }): { readonly n: number }[] {
  return [{ n: rows.length + Number(user) + states.pages.length }];
}

export function silent(user: bigint | null, rows: readonly Row[], state: GroupState<number>): void {
  state.update(rows.length + Number(user));
}

export function keyed(rows: readonly Row[], before: { readonly user: number } | undefined): { readonly user: number } {
  return { user: rows.length + (before?.user ?? 0) };
}
