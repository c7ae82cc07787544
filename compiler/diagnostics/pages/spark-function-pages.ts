import type { Page } from "./page.ts";

const given = `// target: spark
import { isNear } from "./near.ts"
table shops: { name: string, place: double } from file("shops/", format: "parquet")
table people: { id: long, at: double } from file("people/", format: "parquet")`;

/** E4170: imported functions, with the target Spark. */
export const sparkFunctionPages: readonly Page[] = [
  {
    code: "E4170",
    title: "call-in-join-on-spark",
    meaning: "On Spark an imported function is called for the rows of one frame, by the process of Node beside a worker. A condition of a join reads pairs of rows, which are none yet.",
    mending: "Compute it before, in an `extend` of the side that it reads; where it reads both, test it behind an inner join.",
    example: {
      given,
      bad: 'sink out = people |> join shops on isNear(people.at, shops.place) |> select id, name into file("out/", format: "json")',
      good: 'sink out = people |> where isNear(at, 5e0) |> join shops on people.at = shops.place |> select id, name into file("out/", format: "json")',
      files: { "./near.ts": "export function isNear(a: number, b: number): boolean {\n  return Math.abs(a - b) < 1;\n}\n" },
    },
  },
];
