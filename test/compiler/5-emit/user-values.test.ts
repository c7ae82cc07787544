import { expect, it } from "vitest";
import type { QueueRow } from "../../../runtime/connectors/queue/encode-rows.ts";
import { testJob } from "../../../runtime/testing/index.ts";
import { userJob } from "../../support/user-job.ts";

const bytesOf = (...bytes: readonly number[]): string => Buffer.from(bytes).toString("base64");

/** What a job's sink `out` shows after rows of `hits` in batches, with a restart before each but the first or without. */
async function shown(steps: string, module: string, batches: readonly (readonly QueueRow[])[], restarts = false): Promise<readonly unknown[]> {
  const { job } = userJob(`import { f } from "./m.ts"\nsource hits: { page: string, body: binary, parts: map<string, binary>? } from queue()\nsink out = hits |> ${steps}`, { "./m.ts": module });
  const kit = testJob(job);
  for (const [at, rows] of batches.entries()) {
    if (restarts && at > 0) await kit.restart();
    kit.add("hits", rows);
    await kit.step();
  }
  const rows = kit.rows("out");
  await kit.stop();
  return rows;
}

it.each([
  ["a value", "extend f(body) as n |> select body, n", "(body: Uint8Array): number => body.fill(9).length", { body: bytesOf(1, 2), n: 2 }],
  ["a value that may be null", "extend f(body) as n |> select body, n", "(body: Uint8Array | null): number => (body ?? new Uint8Array(0)).fill(9).length", { body: bytesOf(1, 2), n: 2 }],
  ["a field", "filter f |> select body", "({ body }: { body: Uint8Array }): boolean => body.fill(9).length > 0", { body: bytesOf(1, 2) }],
  ["an item", "extend f(parts) as n |> select parts, n", "(parts: ReadonlyMap<string, Uint8Array> | null): number => { for (const part of parts?.values() ?? []) part.fill(9); return 0; }", { parts: { a: bytesOf(3) }, n: 0 }],
])("a function that writes to the bytes that it is given changes none of the row: %s", async (_, steps, f, expected) => {
  expect(await shown(`${steps} into memory()`, `export const f = ${f};`, [[{ page: "a", body: bytesOf(1, 2), parts: { a: bytesOf(3) } }]])).toEqual([expected]);
});

it.each([false, true])("an aggregate may keep and change the bytes that it is given and those that it gives (restarts: %s)", async (restarts) => {
  const module = `export const f = {
    init: (): Uint8Array | null => null,
    add(state: Uint8Array | null, body: Uint8Array): Uint8Array | null { if (state === null) return body; for (let at = 0; at < state.length; at++) state[at]! += body[at]!; return state; },
    merge: (a: Uint8Array | null, b: Uint8Array | null): Uint8Array | null => a ?? b,
    result: (state: Uint8Array | null): Uint8Array => state ?? new Uint8Array(0),
  };`;
  const batches = [[1, 2], [10, 20], [100, 100]].map((bytes) => [{ page: "a", body: bytesOf(...bytes) }]);
  expect(await shown("aggregate f(body) as sum, f(body where page = \"a\") as same, collect_list(body) as all, min(body) as least group by page into memory() mode update", module, batches, restarts)).toEqual([
    { page: "a", sum: bytesOf(111, 122), same: bytesOf(111, 122), all: [bytesOf(1, 2), bytesOf(10, 20), bytesOf(100, 100)], least: bytesOf(1, 2) },
  ]);
});

const optional = "interface R { page: string; constructor?: string; toString?: { valueOf?: string } }\n";

it.each([
  ["map", "map f", `${optional}export const f = ({ page }: { page: string }): R => ({ page }) as R;`],
  ["flatMap", "flatMap f", `${optional}export const f = ({ page }: { page: string }): R[] => [{ page } as R];`],
  ["map async", "map async f", `${optional}export const f = async ({ page }: { page: string }): Promise<R> => ({ page }) as R;`],
  ["transform", "transform f", `${optional}export const f = (rows: readonly { page: string }[]): R[] => rows.map(({ page }) => ({ page }) as R);`],
  ["a field of a call", "extend f(page) as r |> select page, r.constructor as constructor, r.toString as toString", `${optional}export const f = (page: string): R => ({ page }) as R;`],
])("a field that is left out is null, though every object has a member of its name: %s", async (_, steps, module) => {
  expect(await shown(`${steps} into memory()`, module, [[{ page: "a", body: "" }]])).toEqual([{ page: "a", constructor: null, toString: null }]);
});

it.each([false, true])("the same in a state and in an aggregate's (restarts: %s)", async (restarts) => {
  const batches = [1, 2].map(() => [{ page: "a", body: "" }]);
  const state = "interface S { n: number; constructor?: string }\n";
  expect(await shown("state f by page into memory() mode update", `${state}export const f = (rows: readonly { body: Uint8Array }[], before: S | undefined): S => ({ n: (before?.n ?? 0) + rows.length }) as S;`, batches, restarts)).toEqual([{ page: "a", n: 2, constructor: null }]);
  const aggregate = `${state}export const f = { init: (): S => ({ n: 0 }) as S, add: (s: S, _: string): S => ({ ...s, n: s.n + 1 }), merge: (a: S, b: S): S => ({ ...a, n: a.n + b.n }), result: (s: S): S => s };`;
  expect(await shown("aggregate f(page) as f group by page |> select page, f.n as n, f.constructor as c into memory() mode update", aggregate, batches, restarts)).toEqual([{ page: "a", n: 2, c: null }]);
});
