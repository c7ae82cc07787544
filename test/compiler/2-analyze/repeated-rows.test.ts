import { expect, it } from "vitest";
import { analyzeText, planLines } from "../../support/analyze-text.ts";

function plan(pipeline: string, mode = "append"): readonly string[] {
  const text = `
schema Post { id: int, tags: string[], at: timestamp, gt: string, model: string? }
source posts: Post from queue()
sink out = posts ${pipeline} into memory() mode ${mode}`;
  const { job, diagnostics } = analyzeText(text);
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  const query = job?.queries[0];
  return query === undefined ? [] : planLines(query.plan);
}

it("asks a condition on the row below the watermark, and one on the element above", () => {
  expect(plan('|> watermark at delay 1 minute late drop |> explode tags as tag |> where id > 1 and tag != "x" |> drop tags')).toEqual([
    "Project id, at, gt, model, tag",
    '  Filter tag != "x"',
    "    Explode tags as tag",
    "      Watermark at − 1m, late drop  #out/watermark",
    "        Filter id > 1",
    "          Source posts: queue, json, reads id, tags, at, gt, model  needs id, tags, at, gt, model",
  ]);
});

it("computes a key once and gives each set its copy of the row", () => {
  expect(plan("|> aggregate count() as n, max(gt) as g group by at, rollup(gt, model)", "complete")).toEqual([
    "Project at, gt, model, n, g",
    "  Aggregate key=[at, gt, model, grouping_id] n=count() g=max(gt)  #out/aggregate",
    "    Expand ×3 gt=[gt, gt, null] model=[model, null, null] grouping_id=[0, 1, 3]",
    "      Source posts: queue, json, reads id, tags, at, gt, model  needs at, gt, model",
  ]);
});

it("combines sets that stand beside each other, and tells apart those that stand there twice", () => {
  expect(plan("|> aggregate count() as n group by cube(gt), grouping sets ((model), (model, gt))", "complete")[2]).toBe(
    "    Expand ×4 gt=[gt, gt, null, gt] grouping_id=[0, 0, 2, 0] grouping_pos=[0, 1, 0, 2]",
  );
});

it("takes the nulls of keys that are never null themselves as the mark of a set", () => {
  const keyOf = (keys: string): unknown => {
    const { job } = analyzeText(`schema Post { gt: string, id: int, model: string? }\nsource posts: Post from queue()\nsink out = posts |> aggregate count() as n, grouping_id() as sets group by ${keys} into memory() mode update`);
    const query = job?.queries[0];
    return query?.plan.key?.map((id) => query.plan.output.find((column) => column.id === id)?.name);
  };
  expect(keyOf("cube(gt, id)")).toEqual(["gt", "id"]);
  expect(keyOf("cube(gt, model)")).toEqual(["gt", "model", "sets"]);
});
