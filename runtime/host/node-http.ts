import { createServer, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { AddressInfo } from "node:net";
import type { HttpAnswer, HttpCall, HttpRequest, HttpResult, HttpServer } from "./host.ts";

/** An answer that is longer is given up: what is asked over this door are schemas and settings, not data. */
const longestAnswer = 16 * 1024 * 1024;

/** A request over HTTP or HTTPS through Node, on a connection of its own; redirects are answers like any other. */
export function requestOverHttp({ method, url, headers, body }: HttpCall, signal: AbortSignal): Promise<HttpResult> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const target = new URL(url);
    const send = target.protocol === "https:" ? requestHttps : requestHttp;
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const request = send(target, { method, headers: { ...headers, ...length }, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      let bytes = 0;
      response.on("data", (piece: Buffer) => {
        pieces.push(piece);
        bytes += piece.length;
        if (bytes > longestAnswer) request.destroy(new Error(`the answer of ${target.host} is longer than ${longestAnswer} bytes`));
      });
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(pieces).toString("utf8") }));
    });
    const abort = (): void => {
      request.destroy(signal.reason instanceof Error ? signal.reason : new Error("the request was given up"));
    };
    signal.addEventListener("abort", abort, { once: true });
    request.on("close", () => signal.removeEventListener("abort", abort));
    request.on("error", (error) => reject(signal.aborted ? signal.reason : error));
    request.end(body);
  });
}

/** An HTTP server through Node. Connections are not kept, so that closing it waits for nobody; it does not keep the process alive. */
export function serveHttp(host: string, port: number, answer: (request: HttpRequest) => HttpAnswer): Promise<HttpServer> {
  const server = createServer({ keepAlive: false }, (request, response) => {
    const { method = "GET", url = "/" } = request;
    const { status, contentType, body } = answer({ method, path: url.split("?", 1)[0] ?? "/" });
    response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(body), connection: "close", "cache-control": "no-store" });
    response.end(method === "HEAD" ? "" : body);
  });
  server.unref();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      // A connection that cannot be accepted, with too many files open, costs one answer and not the process.
      server.on("error", () => {});
      resolve({ port: portOf(server.address()), close: () => close(server) });
    });
  });
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}

function close(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
