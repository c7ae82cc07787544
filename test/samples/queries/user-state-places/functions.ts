import type { GroupState, ListState, Timers, ValueState } from "../../../../runtime/index.ts";

interface Tick {
  readonly volume: number;
  readonly at: Date;
}

/** What a ticker has come to. */
export function total(ticks: readonly Tick[], before: { readonly volume: number; readonly ticks: number } | undefined): { readonly volume: number; readonly ticks: number } {
  return { volume: (before?.volume ?? 0) + ticks.reduce((sum, { volume }) => sum + volume, 0), ticks: (before?.ticks ?? 0) + ticks.length };
}

/** Ticks that are larger than all before them, as they came. */
export function* records(_ticker: string, ticks: readonly Row[], state: GroupState<number>): Generator<Row> {
  for (const tick of ticks) {
    if (tick.volume <= (state.get() ?? 0)) continue;
    state.update(tick.volume);
    yield tick;
  }
}

interface Row {
  readonly ticker: string;
  readonly side: string | null;
  readonly volume: number;
}

/** The volumes of a ticker and side, until five minutes of event time are over. */
export function collected(key: { readonly ticker: string; readonly side: string | null }, ticks: readonly Tick[], kept: { readonly volumes: ListState<number, "2 hours">; readonly last: ValueState<Date>; readonly timers: Timers }): { readonly ticker: string; readonly side: string | null; readonly volumes: readonly number[] } | undefined {
  const { timers } = kept;
  if (timers.fired !== undefined) {
    const row = { ...key, volumes: kept.volumes.get() };
    kept.volumes.clear();
    return row;
  }
  for (const { at, volume } of ticks) {
    kept.volumes.add(volume);
    kept.last.set(at);
    timers.atEventTime(new Date(at.getTime() + 300_000));
  }
  return undefined;
}
