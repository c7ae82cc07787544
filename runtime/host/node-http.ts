import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { HttpAnswer, HttpRequest, HttpServer } from "./host.ts";

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
