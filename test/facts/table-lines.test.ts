import { expect, it } from "vitest";
import { tableLines } from "./table-lines.ts";

const one = ['{"k":1,"n":"one"}'];
const numbers = ['{"k":1}', '{"k":2}'];

it("gives the rows of a table as JSON", () => {
  expect(tableLines("select * from values (1,'o''ne, (x)'),(cast(null as int),null) as x(k,n)")).toEqual(['{"k":1,"n":"o\'ne, (x)"}', '{"k":null,"n":null}']);
  expect(tableLines("select * from values (TRUE, 1.5e3, date '2024-01-02'), (false, cast(null as decimal(10,2)), null) as x(a, b, c)")).toEqual(['{"a":true,"b":1500.0,"c":"2024-01-02"}', '{"a":false,"b":null,"c":null}']);
});

it.each<readonly [sql: string, lines: readonly string[]]>([
  ["select * from values (1,'one') t(k,n)", one],
  ["SELECT * FROM VALUES (1, 'one') AS t (k, n)", one],
  ["values (1,'one') as t(k,n)", one],
  ["select * from (values (1,'one')) as t(k,n)", one],
  ["select * from (values (1,'one') as t(k,n))", one],
  ["(select * from (values (1,'one')) t(k,n))", one],
  ["select * from values (1,'one') as t(`k`,n)", one],
  ["select * from values (1,2) as `a table`(`a b`,`c``d`)", ['{"a b":1,"c`d":2}']],
  ["select * from values 1, 2 as x(k)", numbers],
  ["select * from values 1, 2 x(k)", numbers],
  ["values (1, 2)", ['{"col1":1,"col2":2}']],
  ["select * from range(2)", ['{"id":0}', '{"id":1}']],
  ["select * from range(1, 3) as x(k)", numbers],
  ["select id as k from range(1, 3)", numbers],
  ["select * from range(0)", []],
  ["select 1 as k union all select 2", numbers],
  ["select 1 k, 'a' n union all select * from values (2, null) x(a, b)", ['{"k":1,"n":"a"}', '{"k":2,"n":null}']],
])("understands %s", (sql, lines) => {
  expect(tableLines(sql)).toEqual(lines);
});

it.each<readonly [value: string, json: string]>([
  ["-9223372036854775808L", "-9223372036854775808"],
  ["0.10", "0.10"],
  ["2.5D", "2.5"],
  ["-0.0D", "-0.0"],
  ["double('NaN')", '"NaN"'],
  ["float('-Infinity')", '"-Infinity"'],
  ["cast('12' as bigint)", "12"],
  ["cast(1 as double)", "1.0"],
  ["cast(1.25 as decimal(4,1))", "1.3"],
  ["cast(null as array<int>)", "null"],
  ["date '2024-01-02'", '"2024-01-02"'],
  ["cast('2024-1-2' as date)", '"2024-01-02"'],
  ["timestamp '2024-01-02 03:04:05.5'", '"2024-01-02 03:04:05.5"'],
  ["cast('2024-01-02T03:04:05' as timestamp)", '"2024-01-02 03:04:05"'],
  ["array(1, null, 2)", "[1,null,2]"],
  ["named_struct('a', 1, 'b', array('x'))", '{"a":1,"b":["x"]}'],
  [`'a"b'`, '"a\\"b"'],
])("writes the value %s", (value, json) => {
  expect(tableLines(`values (${value}) as x(k)`)).toEqual([`{"k":${json}}`]);
});

it("gives the values of a column its one type", () => {
  expect(tableLines("values (1), (2.50), (null) as x(k)")).toEqual(['{"k":1.00}', '{"k":2.50}', '{"k":null}']);
});

it.each<readonly [sql: string, text: string]>([
  ["values (1, now()) as x(a, b)", "now()"],
  ["values (1), (1 + 1) as x(k)", "1 + 1"],
  ["values (k) as x(k)", "k"],
  ["values (struct(1)) as x(k)", "struct(1)"],
  ["values (cast('x' as int)) as x(k)", "cast('x' as int)"],
  ["values (date 'today') as x(k)", "date 'today'"],
  ["values (cast('today' as date)) as x(k)", "cast('today' as date)"],
  ["values (timestamp '2024-01-02 03:04:05+01:00') as x(k)", "timestamp '2024-01-02 03:04:05+01:00'"],
  ["values (cast('2024-01-02 03:04:05 UTC' as timestamp)) as x(k)", "cast('2024-01-02 03:04:05 UTC' as timestamp)"],
  ["values (cast(0 as timestamp)) as x(k)", "cast(0 as timestamp)"],
  ["values (interval 1 day) as x(k)", "interval 1 day"],
  ["values (x'00') as x(k)", "x'00'"],
  ["values (array(1, 'a')) as x(k)", "array(1, 'a')"],
  ["values (1), ('a') as x(k)", "1, 'a'"],
  ["values (1), (1, 2) as x(k)", "(1, 2) as x(k)"],
  ["values (1, 2) as x(k)", "k)"],
  ["values (1) as x(k) -- one", "-- one"],
  ["select * from values (1) as x(k) where k = 1", "where k = 1"],
  ["select * from values (1) where (k)", "where (k)"],
  ["select * from values (1) as x(k) join d", "join d"],
  ["select * from d", "d"],
  ["select distinct id from range(3)", "distinct id from range(3)"],
  ["select 1 as k union select 1", "select 1"],
  ["select 1 as k union all select 1, 2", "select 1, 2"],
  ["select k from values (1, 2) as x(k, k)", "from values (1, 2) as x(k, k)"],
  ["select * from range(0, 10, 2)", "(0, 10, 2)"],
  ["select * from range(1000000000)", "(1000000000)"],
])("refuses %s", (sql, text) => {
  expect(() => tableLines(sql)).toThrow(`the table is not understood at \`${text}\`: ${sql}`);
});

it("refuses SQL of which it understands nothing, and columns without a name of their own", () => {
  for (const sql of ["", "with x as (select 1 as k) select * from x", "select * from values (1) as x(k);"]) expect(() => tableLines(sql)).toThrow(`the table is not understood: ${sql}`);
  for (const sql of ["select 1", "values (1, 2) as x(k, K)"]) expect(() => tableLines(sql)).toThrow(`a column of the table has no name of its own: ${sql}`);
});
