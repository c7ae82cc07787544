import type { GroupState, ListState, MapState, Timers, ValueState } from "../../../../runtime/index.ts";

export interface Click {
  readonly at: Date;
  readonly page: string;
}

export interface Visit {
  readonly first: Date;
  readonly pages: number;
}

export interface Session {
  readonly user: bigint;
  readonly pages: number;
  readonly began: Date;
  readonly ended: boolean;
}

/** One row a call: how far a user has come. */
export function progress(user: bigint, clicks: readonly Click[], state: GroupState<Visit>): Session {
  const before = state.get();
  const first = before?.first ?? clicks[0]?.at ?? new Date(0);
  const visit: Visit = { first, pages: (before?.pages ?? 0) + clicks.length };
  state.update(visit);
  return { user, pages: visit.pages, began: visit.first, ended: false };
}

/** Sessions that end with the timeout. */
export function* sessions({ user }: { readonly user: bigint }, clicks: readonly Click[], state: GroupState<Visit>): Iterable<Session> {
  const before = state.get();
  if (state.hasTimedOut && before !== undefined) {
    state.remove();
    yield { user, pages: before.pages, began: before.first, ended: true };
    return;
  }
  const times = clicks.map(({ at }) => at.getTime());
  const first = new Date(Math.min(before?.first.getTime() ?? Infinity, ...times));
  state.update({ first, pages: (before?.pages ?? 0) + clicks.length });
}

/** A user whose session was long, once. */
export function long([user]: [bigint], rows: readonly Session[], state: GroupState<boolean>): { readonly user: bigint; readonly pages: number } | undefined {
  const found = rows.find(({ pages }) => pages > 2);
  if (found === undefined || state.exists) return undefined;
  state.update(true);
  return { user, pages: found.pages };
}

/** Pages of a user between two alarms of an hour. */
export function hourly(user: bigint, clicks: readonly Click[], kept: { readonly count: ValueState<number>; readonly pages: ListState<string>; readonly times: MapState<string, Date>; readonly timers: Timers }): { readonly user: bigint; readonly count: number; readonly pages: readonly string[]; readonly latest: ReadonlyMap<string, Date> }[] {
  const { fired } = kept.timers;
  if (fired !== undefined) {
    const row = { user, count: kept.count.get() ?? 0, pages: kept.pages.get(), latest: new Map(kept.times.entries()) };
    kept.count.clear();
    kept.pages.clear();
    return [row];
  }
  for (const { at, page } of clicks) {
    if (!kept.count.exists) kept.timers.atEventTime(new Date(at.getTime() + 3_600_000));
    kept.count.set((kept.count.get() ?? 0) + 1);
    kept.pages.add(page);
    kept.times.set(page, at);
  }
  return [];
}
