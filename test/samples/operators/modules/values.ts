import type { UserAggregate } from "sluice/runtime";

interface Hit {
  readonly page: string;
  readonly body: Uint8Array;
  readonly parts: readonly Uint8Array[];
  readonly key: Uint8Array | null;
}

interface Signed {
  page: string;
  body: Uint8Array;
  constructor?: string;
  origin?: { toString?: string; valueOf: number };
}

/** Bytes among other values. */
export function signed({ page, body }: Hit): Signed {
  body.reverse();
  return { page, body, origin: { valueOf: body.length } };
}

/** Bytes for values and for the state. */
export const folded: UserAggregate<Uint8Array | null, [body: Uint8Array], Uint8Array> = {
  init: () => null,
  add(state, body) {
    if (state === null) return body;
    for (const [at, byte] of body.entries()) state[at % state.length] = (state[at % state.length] ?? 0) ^ byte;
    return state;
  },
  merge: (a, b) => a ?? b,
  result: (state) => state ?? new Uint8Array(0),
};

interface Seen {
  n: number;
  constructor?: string;
}

/** A state with a field that every object has. */
export const seen = (rows: readonly Hit[], previous: Seen | undefined): Seen => ({ ...previous, n: (previous?.n ?? 0) + rows.length }) as Seen;
