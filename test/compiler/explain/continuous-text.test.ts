import { expect, it } from "vitest";
import { compile } from "../../../compiler/compile.ts";
import { queryToJson } from "../../../compiler/explain/plan-json.ts";
import { queryHeadText } from "../../../compiler/explain/job-text.ts";

const text = 'source lines: { page: string } from socket("localhost", 9999, format: "json")\nsink out = lines |> where page = "a" into console() trigger continuous\n';

it("says of a query under the continuous trigger that it runs row by row, at least once, and how often its checkpoint is written", () => {
  const { queries, source } = compile("job.sluice", text, { files: { read: () => undefined }, optimize: true });
  const [query] = queries;
  if (query === undefined) throw new TypeError("no query");
  expect(queryHeadText(query.analyzed)).toBe("sink out [append] → console, continuous 1s");
  expect(query.physical.text[0]).toContain("row by row at least once, checkpoint every 1s");
  const json = queryToJson(query, "physical", source, undefined);
  expect(json.trigger).toBe("continuous 1s");
  expect(json.delivery.reasons).toContain("under trigger continuous the records since the last entry of the checkpoint are sent again");
});
