import { expect, it, test } from "vitest";
import { compileText, loadJob } from "../../support/load-job.ts";
import { runSample } from "../../support/run-sample.ts";

const signatures = `
export interface Row { id: number; name: string | null; big: bigint }
export interface Made { key: string; size: number; parts: string[]; owner: { id: number } | null }
export const keeps = (row: { id: number }): boolean => row.id > 0;
export const made = (row: Row): Made => ({ key: row.name ?? "", size: row.id, parts: [], owner: null });
export const perhaps = (row: Row): Made | undefined => undefined;
export const many = (row: Row): Made[] => [];
export const shout = (text: string): string => text;
export const weigh = (id: number): number => id;
`;

const schema = "schema Row { id: long, name: string?, big: long, at: timestamp }\n";
const imports = 'import { keeps, made, perhaps, many, shout, weigh } from "./functions.ts"\n';

interface Made {
  readonly key: unknown;
  readonly size: unknown;
  readonly parts: unknown;
  readonly owner: unknown;
}

/** The functions, with the calls that they had. */
function counting(make: (row: { readonly id: number; readonly name: string | null }) => unknown = ({ id, name }): Made => ({ key: name ?? "", size: id, parts: ["a", "b"], owner: { id } })): { readonly module: Readonly<Record<string, unknown>>; readonly calls: string[] } {
  const calls: string[] = [];
  const counted = <Args extends readonly unknown[]>(name: string, f: (...args: Args) => unknown) => (...args: Args): unknown => {
    const [first] = args;
    calls.push(`${name} ${typeof first === "object" && first !== null && "id" in first ? String(first.id) : String(first)}`);
    return f(...args);
  };
  return {
    calls,
    module: {
      keeps: counted("keeps", ({ id }: { id: number }) => id > 0),
      made: counted("made", make),
      perhaps: counted("perhaps", (row: { id: number; name: string | null }) => (row.id === 2 ? null : make(row))),
      many: counted("many", (row: { id: number; name: string | null }) => [make(row), make(row)]),
      shout: counted("shout", (text: string) => text.toUpperCase()),
      weigh: counted("weigh", (id: number) => id),
    },
  };
}

const rows = [0, 1, 2, 3].map((id) => JSON.stringify({ id, name: id === 3 ? null : `n${id}`, big: 1, at: `2024-01-01T0${id}:00:00Z` }));

async function run(steps: string, given = counting(), lines: readonly string[] = rows, optimize = true): Promise<readonly string[]> {
  const text = `${imports}${schema}source rows: Row from queue()\nsink out = rows ${steps} into memory()`;
  const checked = compileText(text, { optimize, files: { read: () => ({ path: "./functions.ts", text: signatures }) } });
  const job = loadJob(checked, { "./functions.ts": given.module });
  const { results } = await runSample({ job, mode: "drain", params: {}, env: {}, inputs: [], queues: { rows: [lines] } });
  return results["out"] ?? [];
}

test.each([true, false])("a function is called once for each row that reaches its step (optimized: %s)", async (optimize) => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["|> map made |> where key != \"n1\" |> select key, key as again, size, size + size as twice, owner.id as o", ["made 0", "made 1", "made 2", "made 3"]],
    ["|> where id > 1 |> map made |> where size > 2 and key = \"\"", ["made 2", "made 3"]],
    ["|> where name is not null |> filter keeps |> map made |> select parts, weigh(size) as s", ["keeps 0", "keeps 1", "made 1", "weigh 1", "keeps 2", "made 2", "weigh 2"]],
    ["|> flatMap perhaps |> where key != \"n0\" |> extend shout(key) as loud |> where loud != \"X\" and loud != \"Y\" |> select loud, loud as other", ["perhaps 0", "perhaps 1", "shout n1", "perhaps 2", "perhaps 3", "shout "]],
    ["|> flatMap many |> where size < 2 |> select key, owner", ["many 0", "many 1", "many 2", "many 3"]],
    ["|> watermark at delay 1 minute late drop |> extend shout(name) as loud |> where loud != \"N1\" |> where at > timestamp \"2024-01-01T00:00:00Z\" |> filter keeps |> select loud, at", ["shout n0", "shout n1", "keeps 1", "shout n2", "keeps 2"].filter((call) => call !== "keeps 1")],
    ["|> watermark at delay 1 minute late drop |> map made |> where key = \"n2\" |> select size, parts", ["made 0", "made 1", "made 2", "made 3"]],
  ];
  for (const [steps, expected] of cases) {
    const given = counting();
    await run(steps, given, rows, optimize);
    expect([steps, given.calls.toSorted()]).toEqual([steps, expected.toSorted()]);
  }
});

it("gives nothing for null and undefined of a function of one row or none", async () => {
  expect(await run("|> flatMap perhaps |> select key, size")).toEqual(['{"key":"n0","size":0}', '{"key":"n1","size":1}', '{"key":"","size":3}']);
});

test.each([
  ["a value of another type", { key: 5, size: 1, parts: [], owner: null }, "|> map made |> select key", "`key` of what `made` returned is a number, where a string is declared [USER_RESULT_TYPE]"],
  ["a missing value", { size: 1, parts: [], owner: null }, "|> map made |> select key", "`key` of what `made` returned is undefined, where a string is declared [USER_RESULT_TYPE]"],
  ["an item of another type", { key: "", size: 1, parts: ["a", new Date(0)], owner: null }, "|> map made |> select parts", "`parts[]` of what `made` returned is a Date, where a string is declared [USER_RESULT_TYPE]"],
  ["a nested field", { key: "", size: 1, parts: [], owner: { id: "x" } }, "|> flatMap many |> select owner", "`[].owner.id` of what `many` returned is a string, where a number is declared [USER_RESULT_TYPE]"],
  ["no record", null, "|> map made |> select key", "what `made` returned is null, where a record is declared [USER_RESULT_TYPE]"],
])("fails the row that gives %s, with its place", async (_, value, steps, message) => {
  await expect(run(steps, counting(() => value), rows.slice(1, 2))).rejects.toThrow(`${message} (query out, queue rows, batch 0, byte 0)`);
});

it("does not look at a field that nobody reads", async () => {
  expect(await run("|> map made |> select size", counting(({ id }) => ({ key: 5, size: id })), rows.slice(1, 2))).toEqual(['{"size":1}']);
});

it("fails the row whose long a number does not hold", async () => {
  const line = '{"id":9007199254740993,"name":null,"big":9007199254740993,"at":"2024-01-01T00:00:00Z"}';
  await expect(run("|> map made |> select size", counting(), [rows[0] ?? "", line])).rejects.toThrow("`made` takes `id` as a number, which does not hold 9007199254740993 exactly [USER_ARGUMENT_RANGE] (query out, queue rows, batch 0, byte 57)");
  await expect(run("|> where id = 9007199254740993 |> select shout(cast(id as string)) as s", counting(), [line])).resolves.toEqual(['{"s":"9007199254740993"}']);
});
