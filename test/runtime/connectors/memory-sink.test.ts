import { expect, test } from "vitest";
import { memorySink, MemoryTables } from "../../../runtime/connectors/memory.ts";
import { querySql, sqlLines, sqlTable } from "../../../runtime/connectors/memory/sql.ts";
import type { OutputMode, Sink, SinkColumn, SinkContext } from "../../../runtime/connectors/sink.ts";
import type { JsonWriter } from "../../../runtime/formats/json-writer.ts";
import { SluiceRuntimeError } from "../../../runtime/errors/runtime-error.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { batchOf, runBatch, sinkContext, type TestRow } from "./sink-support.ts";
import { codeOf } from "./support.ts";

async function open(tables: MemoryTables, mode: OutputMode, options: Partial<SinkContext<TestRow>> = {}): Promise<Sink<TestRow>> {
  return memorySink("q").open(sinkContext(new SimHost(), { mode, tables, ...options }));
}

/** A table whose rows are JSON objects with these columns. */
async function tableOf(tables: MemoryTables, name: string, columns: readonly SinkColumn[], rows: readonly string[]): Promise<void> {
  const { host, queryName, mode, key, durable, bounded, warn } = sinkContext(new SimHost());
  const sink = await memorySink(name).open<string>({ host, queryName, mode, key, durable, bounded, warn, tables, columns, encodeJson: (row: string, out: JsonWriter) => out.json(row) });
  sink.begin(batchOf(0));
  for (const row of rows) sink.write("+I", row);
  await sink.commit(batchOf(0));
}

const column = (name: string, type: string): SinkColumn => ({ name, type, nullable: true });

test("append keeps all rows, once a batch, and only committed ones", async () => {
  const tables = new MemoryTables();
  const sink = await open(tables, "append");
  await runBatch(sink, batchOf(0), [["+I", 1]]);
  await runBatch(sink, batchOf(1), [["+I", 2]]);
  expect(await runBatch(sink, batchOf(1, 2), [["+I", 2]])).toBe(false);
  sink.begin(batchOf(2));
  sink.write("+I", { id: 3, name: null });
  await sink.prepare(batchOf(2));
  expect(await querySql(tables, "select id, name from q")).toEqual({ columns: ["id", "name"], rows: [[1, "n1"], [2, "n2"]] });
});

test("complete shows the last result, in its order", async () => {
  const tables = new MemoryTables();
  const sink = await open(tables, "complete");
  await runBatch(sink, batchOf(0), [["+I", 2], ["+I", 1]]);
  await runBatch(sink, batchOf(1), [["+I", 3], ["+I", 2], ["+I", 1]]);
  expect((await querySql(tables, "select id from q")).rows).toEqual([[3], [2], [1]]);
  await runBatch(sink, batchOf(2), []);
  expect((await querySql(tables, "select count(*) from q")).rows).toEqual([[0]]);
});

test("update applies upserts by key and deletions", async () => {
  const tables = new MemoryTables();
  const sink = await open(tables, "update", { key: ["id"] });
  await runBatch(sink, batchOf(0), [["+I", 1, "a"], ["+I", 2n ** 60n, "b"], ["+I", 2n ** 60n + 1n, "c"]]);
  await runBatch(sink, batchOf(1), [["+U", 1, "z"], ["-D", 2n ** 60n, "b"]]);
  expect(await querySql(tables, "select * from q order by id")).toEqual({ columns: ["id", "name"], rows: [[1, "z"], [2n ** 60n + 1n, "c"]] });
});

test("update without a key is a multiset of whole rows", async () => {
  const tables = new MemoryTables();
  const sink = await open(tables, "update");
  await runBatch(sink, batchOf(0), [["+I", 1], ["+I", 1], ["+I", 2]]);
  await runBatch(sink, batchOf(1), [["-D", 1], ["-D", 2]]);
  expect((await querySql(tables, "select id from q")).rows).toEqual([[1]]);
});

test("every type has its form in SQL", async () => {
  const tables = new MemoryTables();
  await tableOf(
    tables,
    'odd "name"',
    [column("l", "long"), column("d", "double"), column("b", "boolean"), column("t", "timestamp"), column("m", "decimal(38,2)"), column("window", "{ start: timestamp, end: timestamp }"), column("r", "{ a: int }"), column("L", "string")],
    [
      '{"l":9223372036854775807,"d":0.5,"b":true,"t":"2024-01-01T00:00:00.000Z","m":12.50,"window":{"start":"2024-01-01T00:00:00.000Z","end":"2024-01-01T00:05:00.000Z"},"r":{"a":1},"L":"x\\u0000y\\"}"}',
      '{"l":-9223372036854775808,"d":"NaN","b":false,"t":null,"m":123456789012345678901234567890.12,"window":null,"r":null,"L":null}',
      '{"l":null,"d":"-Infinity","b":null,"t":null,"m":null,"window":null,"r":null,"L":""}',
    ],
  );
  const result = await querySql(tables, 'select * from "odd ""name"""');
  expect(result.columns).toEqual(["l", "d", "b", "t", "m", "window_start", "window_end", "r", "L_2"]);
  expect(result.rows).toEqual([
    [9223372036854775807n, 0.5, true, "2024-01-01T00:00:00.000Z", 12.5, "2024-01-01T00:00:00.000Z", "2024-01-01T00:05:00.000Z", '{"a":1}', 'x\0y"}'],
    [-9223372036854775808n, "NaN", false, null, "123456789012345678901234567890.12", null, null, null, null],
    [null, -Infinity, null, null, null, null, null, null, ""],
  ]);
  expect((await querySql(tables, 'select max(l) as m, count(*) n from "odd ""name""" where b')).rows).toEqual([[9223372036854775807n, 1]]);
});

test("results are printed as a table and as lines of JSON", async () => {
  const tables = new MemoryTables();
  await tableOf(tables, "t", [column("name", "string"), column("n", "long")], ['{"name":"a\\u001b[2J","n":9223372036854775807}', '{"name":"b","n":5}', '{"name":null,"n":null}']);
  const result = await querySql(tables, "select name, n, n from t");
  expect(sqlTable(result)).toBe(
    [
      `name        ${"n".padStart(19)}  ${"n".padStart(19)}`,
      "──────────  ───────────────────  ───────────────────",
      "a\\u001b[2J  9223372036854775807  9223372036854775807",
      "b                             5                    5",
      "null                       null                 null",
      "",
    ].join("\n"),
  );
  expect(sqlLines(result)).toBe('{"name":"a\\u001b[2J","n":9223372036854775807,"n_2":9223372036854775807}\n{"name":"b","n":5,"n_2":5}\n{"name":null,"n":null,"n_2":null}\n');
});

test("a decimal is a number in JSON, however many digits it has", async () => {
  const tables = new MemoryTables();
  await tableOf(tables, "t", [column("m", "decimal(38,2)"), column("name", "string")], ['{"m":12.50,"name":"12345678901234567890.12"}', '{"m":-123456789012345678901234567890.12,"name":null}', '{"m":null,"name":"x"}']);
  const lines = async (sql: string): Promise<string> => sqlLines(await querySql(tables, sql));
  expect(await lines("select m, name, m as other from (select * from t);")).toBe('{"m":12.5,"name":"12345678901234567890.12","other":12.5}\n{"m":-123456789012345678901234567890.12,"name":null,"other":-123456789012345678901234567890.12}\n{"m":null,"name":"x","other":null}\n');
  expect(await lines("with big as (select m from t where name is null) select m, 1 as n from big -- the end")).toBe('{"m":-123456789012345678901234567890.12,"n":1}\n');
  expect(sqlTable(await querySql(tables, "select m from t limit 1"))).toBe("m   \n────\n12.5\n".replace("m   ", "   m"));
});

test("a boolean column is true and false, and what is computed of it a number", async () => {
  const tables = new MemoryTables();
  await tableOf(tables, "t", [column("ok", "boolean?"), column("n", "int")], ['{"ok":true,"n":1}', '{"ok":false,"n":5}', '{"ok":null,"n":0}']);
  const lines = async (sql: string): Promise<string> => sqlLines(await querySql(tables, sql));
  expect(await lines("select ok, ok as other, not ok as less, n from t")).toBe('{"ok":true,"other":true,"less":0,"n":1}\n{"ok":false,"other":false,"less":1,"n":5}\n{"ok":null,"other":null,"less":null,"n":0}\n');
  expect(await lines("with good as (select * from t where ok) select a.ok, count(*) as c from good a join t b on a.n >= b.n group by a.ok")).toBe('{"ok":true,"c":2}\n');
  expect(await lines("select ok from t union all select n from t where n > 1")).toBe('{"ok":1}\n{"ok":0}\n{"ok":null}\n{"ok":5}\n');
  expect(sqlTable(await querySql(tables, "select ok from t"))).toBe("ok   \n─────\ntrue \nfalse\nnull \n".replace(/ +$/gm, ""));
});

test("show tables lists the memory sinks", async () => {
  const tables = new MemoryTables();
  await open(tables, "append");
  await tableOf(tables, "a", [column("x", "int")], ['{"x":1}']);
  expect(await querySql(tables, " SHOW tables ;")).toEqual({ columns: ["name", "mode", "rows"], rows: [["a", "append", 1], ["q", "append", 0]] });
});

test("only one reading statement is taken, and an error names what there is", async () => {
  const tables = new MemoryTables();
  await tableOf(tables, "t", [column("x", "int")], ['{"x":1}']);
  for (const sql of ["drop table t", "select 1; drop table t", "", "insert into t values (2)", "pragma table_info(t)"]) {
    expect(await codeOf(() => querySql(tables, sql)), sql).toBe("R7321");
  }
  expect(await codeOf(() => querySql(tables, "with w as (select 1) insert into t select * from w"))).toBe("R7320");
  expect((await querySql(tables, "-- a comment\nwith w as (select x from t) select * from w; -- end")).rows).toEqual([[1]]);
  const failure = await querySql(tables, "select y from t").catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(SluiceRuntimeError);
  if (failure instanceof SluiceRuntimeError) expect([failure.what, failure.how]).toEqual(["the SQL statement failed: no such column: y", "the tables are: t(x)"]);
});

test("under the continuous trigger rows are there before their epoch ends, once", async () => {
  const tables = new MemoryTables();
  const sink = await open(tables, "append");
  sink.begin(batchOf(0));
  sink.write("+I", { id: 1, name: "a" });
  await sink.flush?.();
  expect((await querySql(tables, "select id from q")).rows).toEqual([[1]]);
  sink.write("+I", { id: 2, name: "b" });
  await sink.commit(batchOf(0));
  expect((await querySql(tables, "select id from q")).rows).toEqual([[1], [2]]);
});
