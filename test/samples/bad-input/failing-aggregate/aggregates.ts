export const worst = {
  init: () => 0,
  add(state: number, v: number): number {
    if (v > 2) throw new Error(`${v} is too bad`);
    return Math.max(state, v);
  },
  merge: (a: number, b: number) => Math.max(a, b),
  result: (state: number) => state,
};
