import { textOf, type ProjectFile } from "./project-file.ts";

const job = textOf(
  "// Which sites send visitors, day by day? One file of visits a batch; the table is there while more files arrive.",
  'import { siteOf } from "../src/site.ts"',
  "",
  'param folder: string = "data"',
  "",
  "schema Visit {",
  "  at:       timestamp",
  "  page:     string",
  "  referrer: string?",
  "}",
  "",
  'source visits: Visit from file(folder, format: "json", maxFilesPerTrigger: 1)',
  "",
  "sink sites =",
  "  visits",
  "  |> watermark at delay 1 hour late drop",
  "  |> extend siteOf(referrer) as site",
  "  |> where site is not null",
  "  |> aggregate count() as visits, max(at) as latest group by site, tumbling(at, 1 day)",
  "  into memory()",
  "  mode update",
);

const site = textOf(
  "/** The host of the page that a visitor came from; null where there is none, or it is no address. */",
  "export function siteOf(referrer: string | null): string | null {",
  "  if (referrer === null || !URL.canParse(referrer)) return null;",
  "  return new URL(referrer).host;",
  "}",
);

const firstDay = textOf(
  '{"at":"2024-05-13T08:00:00Z","page":"/","referrer":"https://search.example.com/?q=streams"}',
  '{"at":"2024-05-13T08:00:12Z","page":"/docs","referrer":"https://news.example.org/item/1"}',
  '{"at":"2024-05-13T08:01:30Z","page":"/docs","referrer":null}',
  '{"at":"2024-05-13T09:12:00Z","page":"/","referrer":"https://news.example.org/item/1"}',
);

const secondDay = textOf(
  '{"at":"2024-05-14T07:59:59Z","page":"/pricing","referrer":"https://news.example.org/item/7"}',
  '{"at":"2024-05-14T10:20:00Z","page":"/","referrer":"a friend"}',
  '{"at":"2024-05-14T11:00:00Z","page":"/","referrer":"https://search.example.com/?q=sluice"}',
);

const test = textOf(
  'import { testJob } from "sluice/testing";',
  'import { expect, it } from "vitest";',
  'import { job } from "../generated/visits.ts";',
  "",
  "const visit = (referrer: string | null, at = \"2024-05-13T08:00:00Z\") => ({ at, page: \"/\", referrer });",
  "",
  'it("counts visits by the site that they came from", async () => {',
  "  const kit = testJob(job);",
  '  kit.add("visits", [visit("https://a.example/x"), visit("https://b.example/"), visit("https://a.example/y"), visit("a friend"), visit(null)]);',
  "  await kit.step();",
  '  expect(kit.rows("sites")).toMatchObject([{ site: "a.example", visits: 2 }, { site: "b.example", visits: 1 }]);',
  "  await kit.stop();",
  "});",
  "",
  'it("counts each visit once, although the process dies in the middle of a batch", async () => {',
  "  const kit = testJob(job);",
  '  kit.add("visits", [visit("https://a.example/x")]);',
  "  await kit.step();",
  '  kit.crashAt("sinks.prepared");',
  '  kit.add("visits", [visit("https://a.example/z", "2024-05-13T09:00:00Z")]);',
  "  await kit.step();",
  "  expect(kit.crashed).toBe(true);",
  "  const [again] = await kit.restart();",
  "  expect(again?.attempt).toBe(2);",
  '  expect(kit.rows("sites")).toMatchObject([{ site: "a.example", visits: 2 }]);',
  "  await kit.stop();",
  "});",
);

/** The job, the function that it imports, data, and a test. */
export const jobFiles: readonly ProjectFile[] = [
  { path: "jobs/visits.sluice", text: job },
  { path: "src/site.ts", text: site },
  { path: "data/2024-05-13.json", text: firstDay },
  { path: "data/2024-05-14.json", text: secondDay },
  { path: "test/visits.test.ts", text: test },
];
