import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterEach, expect, it } from "vitest";
import { requestOverHttp } from "../../../runtime/host/node-http.ts";

let server: Server | undefined;
afterEach(async () => {
  const running = server;
  server = undefined;
  if (running === undefined) return;
  running.closeAllConnections();
  await new Promise((resolve) => running.close(resolve));
});

/** Starts a server; gives its address. */
async function serving(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  const address = started.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

const going = new AbortController().signal;

it("sends a method, headers and a body, and gives status and text", async () => {
  const url = await serving((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (piece: string) => (body += piece));
    request.on("end", () => response.writeHead(409).end(`${request.method} ${request.url} ${request.headers["x-a"]} ${request.headers["content-length"]} ${body}`));
  });
  expect(await requestOverHttp({ method: "POST", url: `${url}/a?b=c`, headers: { "x-a": "1" }, body: "ž" }, going)).toEqual({ status: 409, body: "POST /a?b=c 1 2 ž" });
  expect(await requestOverHttp({ method: "GET", url, headers: {} }, going)).toEqual({ status: 409, body: "GET / undefined undefined " });
});

it("rejects with Node's error where nobody listens, and where the answer breaks off", async () => {
  const url = await serving((_, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("part");
    setImmediate(() => response.destroy());
  });
  await expect(requestOverHttp({ method: "GET", url, headers: {} }, going)).rejects.toThrow();
  await expect(requestOverHttp({ method: "GET", url: "http://127.0.0.1:1/", headers: {} }, going)).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

it("rejects with the signal's reason, before the answer and in the middle of it", async () => {
  const reason = new Error("enough");
  for (const head of [false, true]) {
    const controller = new AbortController();
    const url = await serving((_, response) => {
      if (head) response.writeHead(200).write("part");
      setImmediate(() => controller.abort(reason));
    });
    await expect(requestOverHttp({ method: "GET", url, headers: {} }, controller.signal), String(head)).rejects.toBe(reason);
    server?.closeAllConnections();
    server?.close();
  }
  await expect(requestOverHttp({ method: "GET", url: "http://127.0.0.1:1/", headers: {} }, AbortSignal.abort(reason))).rejects.toBe(reason);
});
