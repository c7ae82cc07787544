import type { GroupState, MapState, Timers, ValueState } from "../../../../runtime/index.ts";

export interface Click {
  readonly at: Date;
  readonly page: string;
}

/** A user's clicks so far, and the last page. */
export function history(clicks: readonly Click[], before: { readonly clicks: number; readonly page?: string } | undefined): { readonly clicks: number; readonly page?: string } {
  const page = clicks.at(-1)?.page ?? before?.page;
  return { clicks: (before?.clicks ?? 0) + clicks.length, ...(page === undefined ? {} : { page }) };
}

/** A row when a user has been away. */
export function absences(user: bigint, clicks: readonly Click[], state: GroupState<number>): { readonly user: bigint; readonly clicks: number } | undefined {
  if (!state.hasTimedOut) {
    state.update((state.get() ?? 0) + clicks.length);
    return undefined;
  }
  const row = { user, clicks: state.get() ?? 0 };
  state.remove();
  return row;
}

/** Pages of a user and country an hour after the first of them. */
export function hourly([user, country]: [bigint, string | null], clicks: readonly Click[], states: { readonly pages: MapState<string, number, "2 hours">; readonly since: ValueState<Date>; readonly timers: Timers }): { readonly user: bigint; readonly country: string | null; readonly pages: ReadonlyMap<string, number> }[] {
  for (const { at, page } of clicks) {
    if (!states.since.exists) states.timers.atEventTime(new Date(at.getTime() + 3_600_000));
    states.since.set(at);
    states.pages.set(page, (states.pages.get(page) ?? 0) + 1);
  }
  if (states.timers.fired === undefined) return [];
  states.since.clear();
  return [{ user, country, pages: new Map(states.pages.entries()) }];
}
