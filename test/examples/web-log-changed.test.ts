import { expect, it } from "vitest";
import { generate } from "../../examples/web-log/generate.ts";
import { testJob } from "../../runtime/testing/index.ts";
import { generatedJob } from "../support/generated-job.ts";
import { fewLines, testRuns } from "./example-tests.ts";
import { webLogAnswers } from "./log-oracle.ts";

const job = await generatedJob("web-log-changed");
const { content_pages = [] } = webLogAnswers();

const line = (request: string, bytes: string): Record<string, string> => ({ host: "h", timestamp: "2024-05-12T00:00:09.000-04:00", request, http_reply: "200", bytes });

it("counts pages without their query strings, and nothing that is no page", async () => {
  const kit = testJob(job);
  kit.add("weblogs", [line("GET /search?q=crew HTTP/1.0", "10"), line("GET /logo.gif HTTP/1.0", "9"), line("GET /search?q=launch HTTP/1.0", "12")]);
  kit.add("weblogs", [line("POST /search HTTP/1.0", "7"), line("GET / HTTP/1.0", "-")]);
  await kit.step();
  expect(kit.rows("content_pages")).toEqual([{ url: "/search", hits: 2, largest: 12 }, { url: "/", hits: 1, largest: null }]);
  await kit.stop();
});

testRuns(job, generate(), { logs: "/data" }, { content_pages }, fewLines(generate(), 40));
