import { expect, it } from "vitest";
import { compile } from "../../../../compiler/compile.ts";

const functions = `
import type { GroupState, Timers } from "sluice/runtime";
interface Row { readonly k: string }
export const update = (rows: readonly Row[], before: number | undefined): number => (before ?? 0) + rows.length;
export const one = (k: string, rows: readonly Row[], state: GroupState<number>): { k: string; n: number } => ({ k, n: rows.length + (state.get() ?? 0) });
export const many = (k: string, rows: readonly Row[], state: GroupState<number>): { k: string; n: number }[] => [{ k, n: rows.length + (state.get() ?? 0) }];
export const site = ({ k }: { readonly k: string }): string => k.slice(1);
export const second = (rows: readonly Row[], before = 0): number => before + rows.length;
export const timers = (k: string, rows: readonly Row[], states: { readonly timers: Timers }): { k: string }[] => {
  if (rows.length > 0) states.timers.atEventTime(new Date(0));
  return [{ k }];
};
`;

const prelude = [
  'import { update, one, many, timers, site, second } from "./states.ts"',
  "source s: { t: timestamp, k: string } from queue()",
  'table users: { k: string } from file("users/", format: "json")',
  "stream w = s |> watermark t delay 10 seconds late drop",
].join("\n");

/** The errors of a shape in append, update and complete. */
interface Cell {
  readonly shape: string;
  readonly codes: readonly [append: readonly string[], update: readonly string[], complete: readonly string[]];
}

// Spark: UnsupportedOperationChecker of FlatMapGroupsWithState; updateStateByKey is not of structured streaming.
const cells: readonly Cell[] = [
  { shape: "s |> state update by k", codes: [["E3026"], [], []] },
  { shape: "s |> state update by k |> aggregate sum(value) as n", codes: [["E3002", "E3026"], [], []] },
  { shape: "s |> state second by site", codes: [["E3026"], [], []] },
  { shape: "s |> state one by k", codes: [["E3027"], [], ["E3001", "E3027"]] },
  { shape: "s |> state one by k |> aggregate max(n) as n group by k", codes: [["E3002", "E3027"], ["E3028"], ["E3027"]] },
  { shape: "s |> state many by k", codes: [[], [], ["E3001"]] },
  { shape: "s |> state many by k |> aggregate max(n) as n group by k", codes: [["E3002"], ["E3029"], []] },
  { shape: "s |> state many by k |> state many by k", codes: [[], ["E3029"], ["E3001", "E3029"]] },
  { shape: "s |> aggregate count() as n group by k |> state many by k", codes: [["E3002"], ["E3031"], ["E3001", "E3031"]] },
  { shape: "w |> aggregate count() as n group by k, tumbling(t, 1 minute) |> state many by k", codes: [[], ["E3031"], ["E3001", "E3031"]] },
  { shape: "s |> state many by k timeout 1 hour", codes: [["E3030"], ["E3030"], ["E3001", "E3030"]] },
  { shape: "w |> state many by k timeout 1 hour", codes: [[], [], ["E3001"]] },
  { shape: "s |> state many by k timeout 1 hour processing time", codes: [[], [], ["E3001"]] },
  { shape: "s |> state timers by k", codes: [["E3030"], ["E3030"], ["E3001", "E3030"]] },
  { shape: "w |> state timers by k", codes: [[], [], ["E3001"]] },
  { shape: "users |> state one by k |> aggregate max(n) as n", codes: [[], [], []] },
  { shape: "users |> state update by k timeout 1 hour", codes: [[], [], []] },
];

it.each(cells)("holds $shape against each mode", ({ shape, codes }) => {
  const found = (["append", "update", "complete"] as const).map((mode) => {
    const { diagnostics } = compile("job.sluice", `${prelude}\nsink q = ${shape}\n  into memory()\n  mode ${mode}`, { files: { read: (path) => (path === "./states.ts" ? { path, text: functions } : undefined) } });
    return diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code).sort();
  });
  expect(found).toEqual(codes);
}, 30_000);

it("points at the timer that needs a watermark", () => {
  const { diagnostics } = compile("job.sluice", `${prelude}\nsink q = s |> state timers by k\n  into memory()`, { files: { read: (path) => (path === "./states.ts" ? { path, text: functions } : undefined) } });
  const [label] = diagnostics.find(({ code }) => code === "E3030")?.secondary ?? [];
  expect(label === undefined ? undefined : [label.file?.path, functions.slice(label.span.start, label.span.end)]).toEqual(["./states.ts", "atEventTime"]);
});
