import type { Timers, ValueState } from "../../runtime/index.ts";

interface Click {
  readonly at: Date;
}

/** Clicks with at most half an hour from one to the next; it is over at `end`, half an hour after the last. */
interface Session {
  readonly start: Date;
  readonly end: Date;
  readonly clicks: number;
}

interface States {
  /** The sessions of the user that are not over, in order. More than one where clicks are ahead of the watermark. */
  readonly open: ValueState<readonly Session[]>;
  readonly timers: Timers;
}

const gap = 30 * 60_000;

/** The sessions of a user, each as soon as the watermark is at its end: clicks extend a session or join two, and a timer stands at the end of each. */
export function sessions(user: string, clicks: readonly Click[], { open, timers }: States): readonly { user: string; start: Date; end: Date; clicks: number }[] {
  const { fired } = timers;
  if (fired !== undefined) {
    const all = open.get() ?? [];
    const over = all.filter(({ end }) => alarm(end) <= fired);
    keep(open, all.filter(({ end }) => alarm(end) > fired));
    return over.map((session) => ({ user, ...session }));
  }
  const before = open.get() ?? [];
  const after = clicks.reduce<readonly Session[]>((all, { at }) => withClick(all, at), before);
  for (const { end } of before) if (!after.some((session) => session.end.getTime() === end.getTime())) timers.delete(alarm(end));
  for (const { end } of after) timers.atEventTime(alarm(end));
  keep(open, after);
  return [];
}

/** The timer of a session: it is due when the watermark is after it, so a millisecond before the end for a watermark that is at the end. */
function alarm(end: Date): Date {
  return new Date(end.getTime() - 1);
}

/** The sessions with one click more: it begins one of its own, which takes in those that it touches. */
function withClick(all: readonly Session[], at: Date): readonly Session[] {
  const alone: Session = { start: at, end: new Date(at.getTime() + gap), clicks: 1 };
  const touches = (session: Session): boolean => session.start <= alone.end && alone.start <= session.end;
  const joined = all.filter(touches).reduce((one, session) => ({
    start: session.start < one.start ? session.start : one.start,
    end: session.end > one.end ? session.end : one.end,
    clicks: one.clicks + session.clicks,
  }), alone);
  return [...all.filter((session) => !touches(session)), joined].sort((a, b) => a.start.getTime() - b.start.getTime());
}

/** A user without sessions keeps nothing. */
function keep(open: States["open"], left: readonly Session[]): void {
  if (left.length === 0) open.clear();
  else open.set(left);
}
