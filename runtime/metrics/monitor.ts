import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { describeSystemError, systemErrorCode } from "../errors/system-error.ts";
import type { Host, HttpAnswer, HttpRequest, HttpServer } from "../host/host.ts";
import { progressJson, type QueryProgress } from "../query/progress.ts";
import type { StreamingQuery } from "../query/streaming-query.ts";
import { Health } from "./health.ts";
import { JobMetrics } from "./job-metrics.ts";
import { prometheusContentType, prometheusText } from "./prometheus-text.ts";

/** Where a run is watched from. */
export interface MonitorAddress {
  readonly host: string;
  /** 0: one that the system chooses. */
  readonly port: number;
  /** Milliseconds that a batch may take before `/health` calls its query stalled. */
  readonly stalledAfter: number;
}

/**
 * Answers what is asked of a run over HTTP: `/health` (200, or 503 where a query has failed or is stalled), `/metrics` (Prometheus) and
 * `/progress` (each query's last progress).
 */
export class Monitor {
  readonly #host: Host;
  readonly #job: string;
  readonly #metrics = new JobMetrics();
  readonly #health: Health;
  #queries: readonly StreamingQuery[] = [];
  #server: HttpServer | undefined;

  constructor(host: Host, job: string, stalledAfter: number) {
    this.#host = host;
    this.#job = job;
    this.#health = new Health(host.clock, stalledAfter);
  }

  /** Listens before the queries start, so that an address that is taken stops nothing in the middle; gives the port. */
  async listen({ host, port }: MonitorAddress): Promise<number> {
    try {
      this.#server = await this.#host.net.serve(host, port, (request) => this.answer(request));
      return this.#server.port;
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      throw new SluiceRuntimeError({ code: "R7640", what: `cannot listen on ${host} port ${port}: ${describeSystemError(error)}`, how: "choose another with --port N, or --host ADDRESS", cause: error });
    }
  }

  /** The queries that it tells of. */
  watch(queries: readonly StreamingQuery[]): void {
    this.#queries = queries;
  }

  /** A batch of a query is committed. */
  progress(progress: QueryProgress): void {
    this.#metrics.add(progress);
    this.#health.noteBatch(progress.name);
  }

  /** A query's trigger is active, or waits. */
  status(query: string, isTriggerActive: boolean): void {
    this.#health.noteStatus(query, isTriggerActive);
  }

  answer({ method, path }: HttpRequest): HttpAnswer {
    if (method !== "GET" && method !== "HEAD") return text(405, "only GET is answered\n");
    if (path === "/health") return this.#answerHealth();
    if (path === "/metrics") return { status: 200, contentType: prometheusContentType, body: prometheusText(this.#metrics.metrics(this.#queries, this.#host)) };
    if (path === "/progress") return json(200, `{"job":${JSON.stringify(this.#job)},"queries":{${this.#queries.map(({ name, lastProgress }) => `${JSON.stringify(name)}:${lastProgress === undefined ? "null" : progressJson(lastProgress)}`).join(",")}}}`);
    return text(404, "/health, /metrics, /progress\n");
  }

  #answerHealth(): HttpAnswer {
    const queries = this.#queries.map((query) => this.#health.of(query));
    const bad = (["failed", "stalled"] as const).find((state) => queries.some((query) => query.state === state));
    return json(bad === undefined ? 200 : 503, JSON.stringify({ status: bad ?? "ok", job: this.#job, queries }));
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }
}

function json(status: number, body: string): HttpAnswer {
  return { status, contentType: "application/json; charset=utf-8", body: `${body}\n` };
}

function text(status: number, body: string): HttpAnswer {
  return { status, contentType: "text/plain; charset=utf-8", body };
}
