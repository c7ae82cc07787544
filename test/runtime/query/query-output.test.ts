import { expect, test } from "vitest";
import type { OutputMode, RowKind, Sink } from "../../../runtime/connectors/sink.ts";
import { QueryOutput } from "../../../runtime/query/query-output.ts";

interface Row {
  readonly k: string;
  readonly n: number;
}

type Seen = readonly [kind: RowKind, k: string, n: number];

interface Opened {
  readonly output: QueryOutput<Row>;
  readonly sink: Seen[];
  readonly heard: Seen[];
}

const columns = ["k", "n"].map((name) => ({ name, type: "long", nullable: false }));

function open({ key, mode = "update", wantsRowsBefore = false }: { readonly key?: readonly string[]; readonly mode?: OutputMode; readonly wantsRowsBefore?: boolean }): Opened {
  const taken: Seen[] = [];
  const heard: Seen[] = [];
  const sink: Sink<Row> = {
    description: "Taken",
    begin: () => true,
    write: (kind, { k, n }) => void taken.push([kind, k, n]),
    prepare: () => Promise.resolve([]),
    commit: () => Promise.resolve(),
    abort: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const listener = { wantsRowsBefore, row: (kind: RowKind, { k, n }: Row): void => void heard.push([kind, k, n]) };
  return { output: new QueryOutput<Row>({ columns, mode, ...(key === undefined ? {} : { key }) }, sink, listener), sink: taken, heard };
}

test("changes are sent when they are settled, the row before an update only to a listener that asks", () => {
  for (const wantsRowsBefore of [false, true]) {
    const { output, sink, heard } = open({ key: ["k"], wantsRowsBefore });
    output.begin(true);
    output.change(1, { k: "a", n: 1 });
    output.change(1, { k: "b", n: 1 });
    expect(sink).toEqual([]);
    output.settle();
    output.begin(true);
    output.change(-1, { k: "a", n: 1 });
    output.change(1, { k: "a", n: 2 });
    output.change(-1, { k: "b", n: 1 });
    output.settle();
    const after: readonly Seen[] = [["+I", "a", 1], ["+I", "b", 1], ["+U", "a", 2], ["-D", "b", 1]];
    expect(sink).toEqual(after);
    expect(heard).toEqual(wantsRowsBefore ? [...after.slice(0, 2), ["-U", "a", 1], ...after.slice(2)] : after);
    expect(output.rows).toBe(2);
  }
});

test("what is written without the row before comes with it to a listener that asks, and a deleted row as it was", () => {
  const { output, sink, heard } = open({ key: ["k"], wantsRowsBefore: true });
  output.begin(true);
  output.write("+I", { k: "a", n: 1 });
  output.write("+U", { k: "a", n: 2 });
  output.write("-D", { k: "a", n: 3 });
  output.write("+I", { k: "a", n: 4 });
  output.write("+U", { k: "a", n: 5 });
  expect(heard).toEqual([["+I", "a", 1], ["-U", "a", 1], ["+U", "a", 2], ["-D", "a", 2], ["+I", "a", 4], ["-U", "a", 4], ["+U", "a", 5]]);
  expect(sink).toEqual([["+I", "a", 1], ["+U", "a", 2], ["-D", "a", 3], ["+I", "a", 4], ["+U", "a", 5]]);
  expect(output.rows).toBe(5);
});

test("rows that are shown again after a restart are remembered and not told", () => {
  const { output, sink, heard } = open({ key: ["k"], wantsRowsBefore: true });
  expect(output.remembers).toBe(true);
  output.begin(false, true);
  output.write("+I", { k: "a", n: 1 });
  output.begin(true);
  output.write("+U", { k: "a", n: 2 });
  expect(heard).toEqual([["-U", "a", 1], ["+U", "a", 2]]);
  expect(sink).toEqual([["+U", "a", 2]]);
});

test("nothing is remembered for a listener that does not ask, and for results whose rows stay", () => {
  expect(open({ key: ["k"] }).output.remembers).toBe(false);
  expect(open({ wantsRowsBefore: true }).output.remembers).toBe(false);
  expect(open({ key: ["k"], mode: "append", wantsRowsBefore: true }).output.remembers).toBe(false);
});
