import type { Page } from "./page.ts";

const posts = 'source posts: { id: int, tags: string[], scores: map<string, int>, text: string, at: timestamp } from file("posts/", format: "json")';

/** E2140 to E2144: `explode`, grouping sets and `parse`. */
export const tableFunctionPages: readonly Page[] = [
  {
    code: "E2140",
    title: "explode-names",
    meaning: "An array explodes into one column, a map into two: its keys and its values. The names behind `as` are as many.",
    mending: "Write `explode tags as tag`, or `explode scores as name, score`.",
    example: { given: posts, bad: "sink out = posts |> explode scores as score into console()", good: "sink out = posts |> explode scores as name, score into console()" },
  },
  {
    code: "E2141",
    title: "table-function",
    meaning: "A function that gives rows makes several rows of one, so it is a step and not a value within a row.",
    mending: "Write the step that the help names, such as `|> explode tags as tag`.",
    example: { given: posts, bad: "sink out = posts |> select id, explode(tags) as tag into console()", good: "sink out = posts |> explode tags as tag |> select id, tag into console()" },
  },
  {
    code: "E2142",
    title: "not-grouped",
    meaning: "`grouping(key)` tells the totals of `cube`, `rollup` and `grouping sets` from their rows, so it stands beside the aggregates of such a step and names one of its keys.",
    mending: "Group by `cube`, `rollup` or `grouping sets`, and name one of the keys.",
    example: {
      given: posts,
      bad: "sink out = posts |> aggregate count() as n, grouping(id) as total group by id into console() mode complete",
      good: "sink out = posts |> aggregate count() as n, grouping(id) as total group by rollup(id) into console() mode complete",
    },
  },
  {
    code: "E2143",
    title: "bad-grouping-set",
    meaning: "`cube`, `rollup` and `grouping sets` leave keys out set by set, and the columns of those are null. A window cannot be left out, sets have no name, and there are at most 4096 of them.",
    mending: "Put the window beside the sets, and compute other keys with `extend` before.",
    example: {
      given: posts,
      bad: "sink out = posts |> aggregate count() as n group by cube(tumbling(at, 1 hour), id) into console() mode complete",
      good: "sink out = posts |> aggregate count() as n group by tumbling(at, 1 hour), cube(id) into console() mode complete",
    },
  },
  {
    code: "E2144",
    title: "bad-parse",
    meaning: "`parse FORMAT(column) as TYPE` replaces one column of text by the columns of a record type.",
    mending: "Name a column, and a record type or a schema; compute the text with `extend` or `set` first.",
    example: {
      given: posts,
      bad: "sink out = posts |> parse json(lower(text)) as { word: string } into console()",
      good: "sink out = posts |> set text = lower(text) |> parse json(text) as { word: string } into console()",
    },
  },
];
