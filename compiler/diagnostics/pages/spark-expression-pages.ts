import type { Page } from "./page.ts";

const orders = '// target: spark\nsource orders: { at: timestamp, buyer: string, price: double, quantity: int, day: string } from file("orders/", format: "parquet")';

/** E4120–E4122, W4120, W4121: expressions and aggregates, with `--target spark`. */
export const sparkExpressionPages: readonly Page[] = [
  {
    code: "E4120",
    title: "typescript-on-spark",
    meaning: "With the target Spark imported functions run in a process of Node beside each worker, which is asked for results row by row. An imported aggregate has state, which would have to lie in Spark's own; there is no place for it.",
    mending: "Say the same with built-in aggregates, over what an imported function gives where need be, or run this job on Node.",
    example: {
      given: `// target: spark\nimport { total } from "./total.ts"\nsource clicks: { at: timestamp, page: string } from file("clicks/", format: "parquet")`,
      bad: 'sink out = clicks |> aggregate total(page) as letters into console() mode complete',
      good: 'sink out = clicks |> aggregate sum(length(page)) as letters into console() mode complete',
      files: { "./total.ts": "export const total = {\n  init: (): number => 0,\n  add: (sum: number, page: string): number => sum + page.length,\n  merge: (a: number, b: number): number => a + b,\n  result: (sum: number): number => sum,\n};\n" },
    },
  },
  {
    code: "E4121",
    title: "function-not-on-spark",
    meaning: "Spark has no form of this call that means the same: most often it takes a constant where the job has a value of the row. Nothing is emitted that would mean something else.",
    mending: "The message names what is in the way, and the help the nearest form that runs. docs/spark.md lists all functions.",
    example: {
      given: orders,
      bad: 'sink out = orders |> select regexp_replace(buyer, "a", "b", quantity) as buyer into file("out/", format: "json")',
      good: 'sink out = orders |> select regexp_replace(buyer, "a", "b", 2) as buyer into file("out/", format: "json")',
    },
  },
  {
    code: "E4122",
    title: "distinct-on-spark",
    meaning: "PySpark says `distinct` within an aggregate for few of them only. The others are written in SQL, which is done over columns by their names alone: an expression or a condition is not quoted into a second language.",
    mending: "Give the expression a name before, `|> extend E as x`, and filter before what the condition left out.",
    example: {
      given: '// target: spark\ntable orders: { buyer: string, price: double, quantity: int } from file("orders/", format: "parquet")',
      bad: 'sink out = orders |> aggregate avg(distinct price * 2e0) as price group by buyer into file("out/", format: "json")',
      good: 'sink out = orders |> extend price * 2e0 as twice |> aggregate avg(distinct twice) as price group by buyer into file("out/", format: "json")',
    },
  },
  {
    code: "W4120",
    title: "otherwise-on-spark",
    meaning: "Sluice has the meaning of Spark's functions but in a few cases in which Spark takes what is malformed, or wraps a number, in silence. The program does there what Spark does. The warning names the case; for most jobs it never comes.",
    mending: "If the case matters, check for it in the job, so that both targets do the same: read a date with a pattern, `to_date(x, \"yyyy-MM-dd\")`, or keep what does not fit out with `where x rlike …`.",
    example: {
      given: orders,
      bad: 'sink out = orders |> select cast(day as date) as day into file("out/", format: "json")',
      good: 'sink out = orders |> select to_date(day, "yyyy-MM-dd") as day into file("out/", format: "json")',
    },
  },
  {
    code: "W4121",
    title: "order-on-spark",
    meaning: "Sluice reads rows in an order that a job may go by: the first, the last, the list of a group's values. Spark reads partitions beside each other and keeps no order, so such an aggregate may give another value with every run.",
    mending: "Take an aggregate that goes by a value of the row: `max_by(page, at)` for `last(page)`, `sort_array(collect_list(page))` for the bare list. Where any value will do, the warning may stand.",
    example: {
      given: orders,
      bad: 'sink out = orders |> aggregate first(price) as price group by buyer into console() mode complete',
      good: 'sink out = orders |> aggregate min(price) as price group by buyer into console() mode complete',
    },
  },
];
