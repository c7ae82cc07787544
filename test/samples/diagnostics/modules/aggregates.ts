/** Aggregates that the samples of imports import. */
export const noMerge = {
  init: () => 0,
  add: (state: number, text: string) => state + text.length,
  result: (state: number) => state,
};

export const noStateInMerge = {
  init: () => 0,
  add: (state: number, text: string) => state + text.length,
  merge: (a: number) => a,
  result: (state: number) => state,
};

export const waits = {
  init: () => 0,
  async add(state: number, text: string): Promise<number> {
    return state + text.length;
  },
  merge: (a: number, b: number) => a + b,
  result: (state: number) => state,
};

interface Seen {
  readonly texts: Set<string>;
}

export const different = {
  init: (): Seen => ({ texts: new Set() }),
  add: (state: Seen, text: string): Seen => ({ texts: state.texts.add(text) }),
  merge: (a: Seen, b: Seen): Seen => ({ texts: new Set([...a.texts, ...b.texts]) }),
  result: (state: Seen) => state.texts.size,
};

export const mixed = {
  init: () => 0,
  add: (state: number, text: string) => state + text.length,
  merge: (a: number, b: number) => `${a}${b}`,
  result: (state: string) => state,
};

export const retracts = {
  init: () => 0,
  add: (state: number, text: string) => state + text.length,
  retract: (state: number, by: number) => state - by,
  merge: (a: number, b: number) => a + b,
  result: (state: number) => state,
};

export const longest = {
  init: () => 0,
  add: (state: number, text: string, weight: number) => Math.max(state, text.length * weight),
  merge: (a: number, b: number) => Math.max(a, b),
  result: (state: number) => state,
};

export const drawn = {
  init: () => 0,
  add: (state: number, text: string) => state + text.length * Math.random(),
  merge: (a: number, b: number) => a + b,
  result: (state: number) => state,
};
