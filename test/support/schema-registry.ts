import { createServer } from "node:http";
import type { HttpCall, HttpResult } from "../../runtime/host/host.ts";

/** A request as both kinds of server see it. */
export type RegistryCall = Pick<HttpCall, "method" | "headers" | "body"> & { readonly path: string };

/**
 * A registry of schemas with the calls that Sluice makes of Confluent's: `GET /schemas/ids/N` and `POST /subjects/S/versions`. It can refuse
 * access, refuse a schema as incompatible, and be overloaded.
 */
export class TestRegistry {
  readonly #schemas: string[] = [];
  /** Versions by subject, as ids. */
  readonly subjects = new Map<string, number[]>();
  /** All requests, as `METHOD PATH`. */
  readonly calls: string[] = [];
  /** What the `authorization` header must be. */
  authorization: string | undefined;
  /** So many requests are answered with 503. */
  unavailable = 0;
  /** Why a schema is not taken under a subject. */
  incompatible: ((subject: string, schema: string) => string | undefined) | undefined;

  /** Gives a schema its id, as a producer has done before. */
  add(schema: string | object): number {
    const text = typeof schema === "string" ? schema : JSON.stringify(schema);
    const known = this.#schemas.indexOf(text);
    return (known < 0 ? this.#schemas.push(text) - 1 : known) + 1;
  }

  answer({ method, path, headers, body }: RegistryCall): HttpResult {
    this.calls.push(`${method} ${path}`);
    if (this.unavailable > 0) {
      this.unavailable--;
      return failure(503, 50302, "no leader");
    }
    if (this.authorization !== undefined && headers["authorization"] !== this.authorization) return failure(401, 401, "Unauthorized");
    const id = /^\/schemas\/ids\/(\d+)$/.exec(path)?.[1];
    if (method === "GET" && id !== undefined) {
      const schema = this.#schemas[Number(id) - 1];
      return schema === undefined ? failure(404, 40403, "Schema not found") : { status: 200, body: JSON.stringify({ schema }) };
    }
    const subject = /^\/subjects\/([^/]+)\/versions$/.exec(path)?.[1];
    if (method === "POST" && subject !== undefined) return this.#register(decodeURIComponent(subject), body ?? "");
    return failure(404, 404, "HTTP 404 Not Found");
  }

  /** Serves it over HTTP on a port of the system's. */
  async listen(): Promise<{ readonly url: string; close(): Promise<void> }> {
    const server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on("data", (piece: Buffer) => pieces.push(piece));
      request.on("end", () => {
        const { authorization } = request.headers;
        const { status, body } = this.answer({ method: request.method === "POST" ? "POST" : "GET", path: request.url ?? "/", headers: authorization === undefined ? {} : { authorization }, body: Buffer.concat(pieces).toString("utf8") });
        response.writeHead(status, { "content-type": "application/vnd.schemaregistry.v1+json" }).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return {
      url: `http://127.0.0.1:${port}`,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  }

  #register(subject: string, body: string): HttpResult {
    const { schema } = JSON.parse(body) as { readonly schema: string };
    const problem = this.incompatible?.(subject, schema);
    if (problem !== undefined) return failure(409, 409, problem);
    const id = this.add(schema);
    const versions = this.subjects.get(subject) ?? [];
    if (!versions.includes(id)) this.subjects.set(subject, [...versions, id]);
    return { status: 200, body: JSON.stringify({ id }) };
  }
}

function failure(status: number, code: number, message: string): HttpResult {
  return { status, body: JSON.stringify({ error_code: code, message }) };
}
