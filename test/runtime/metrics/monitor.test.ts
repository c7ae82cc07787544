import { expect, it } from "vitest";
import type { HttpAnswer } from "../../../runtime/host/host.ts";
import { runJob } from "../../../runtime/query/run-job.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

const job = loadJob(
  compileText(
    `source a: { value: int } from file("in/", format: "json", maxFilesPerTrigger: 1, malformed: "drop")
     sink counted = a |> aggregate count() as n group by value into memory() mode complete
     sink inverse = a |> select 6 / value as x into memory()`,
    { optimize: true },
  ),
);

function machine(...lines: readonly string[]): SimHost {
  const host = new SimHost({ autoAdvance: true });
  lines.forEach((line, at) => host.fs.put(`/home/in/${at}.json`, `${line}\n`, host.clock.now() - 10_000 + at));
  return host;
}

const ask = (host: SimHost, path: string, method?: string): HttpAnswer | undefined => host.net.ask("127.0.0.1", 9100, path, method);

/** Lets the run go on until an answer has a text. */
async function until(host: SimHost, path: string, part: string): Promise<HttpAnswer> {
  for (;;) {
    const answer = ask(host, path);
    if (answer?.body.includes(part) === true) return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it("answers /metrics, /health and /progress while the job runs, and nothing afterwards", async () => {
  const host = machine('{"value":1}', '{"value":1}\nno JSON', '{"value":2}\n{"value":3}');
  const run = runJob(job, ["--query", "counted", "--port", "9100"], host);
  await until(host, "/progress", '"batchId":2');
  const { body: metrics, contentType } = await until(host, "/metrics", "");
  expect(contentType).toContain("version=0.0.4");
  expect(metrics).toContain('# TYPE sluice_input_rows_total counter\nsluice_input_rows_total{query="counted"} 5\n');
  expect(metrics).toContain('sluice_malformed_rows_total{query="counted"} 1\n');
  // Complete mode: one row, one, and three.
  expect(metrics).toContain('sluice_output_rows_total{query="counted"} 5\n');
  expect(metrics).toContain('sluice_batch_duration_seconds_bucket{query="counted",le="+Inf"} 3\n');
  expect(metrics).toContain('sluice_last_batch_id{query="counted"} 2\n');
  expect(metrics).toMatch(/sluice_state_rows\{query="counted",operator="[^"]+"\} 3\n/);
  expect(metrics).not.toContain("sluice_watermark_lag_seconds");
  const health = await until(host, "/health", '"waiting"');
  expect(health.status).toBe(200);
  expect(JSON.parse(health.body)).toMatchObject({ status: "ok", job: "job", queries: [{ name: "counted", state: "waiting", lastBatchId: 2 }] });
  expect(ask(host, "/metrics", "POST")?.status).toBe(405);
  expect(ask(host, "/")).toMatchObject({ status: 404 });
  host.signal("SIGINT");
  expect(await run).toBe(0);
  expect(host.stderr).toContain("listening on http://127.0.0.1:9100");
  expect(ask(host, "/health")).toBeUndefined();
});

it("ends with 1 and starts no query where the address is taken", async () => {
  const host = machine('{"value":1}');
  await host.net.serve("127.0.0.1", 9100, () => ({ status: 200, contentType: "text/plain", body: "" }));
  expect(await runJob(job, ["--query", "counted", "--port", "9100", "--capture", "c.jsonl"], host)).toBe(1);
  expect(host.stderr).toContain("error[R7640]: cannot listen on 127.0.0.1 port 9100");
  expect(host.fs.stat("/home/c.jsonl")).toBeUndefined();
});
