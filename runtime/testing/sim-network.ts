import type { Connection, HttpAnswer, HttpCall, HttpRequest, HttpResult, HttpServer, Network } from "../host/host.ts";
import { interruptible } from "../query/interruptible.ts";
import { SimSystemError } from "./sim-error.ts";

/** Servers in memory. They are outside of the process, so they outlive its crashes; its connections do not. */
export class SimNetwork implements Network {
  readonly #servers = new Map<string, SimServer>();
  readonly #http = new Map<string, (request: HttpRequest) => HttpAnswer>();
  readonly #services = new Map<string, (call: HttpCall) => HttpResult | Promise<HttpResult>>();

  /** Starts a server; until then, and after `stop`, a connection is refused. */
  listen(host: string, port: number): SimServer {
    const server = new SimServer(() => this.#servers.delete(`${host}:${port}`));
    this.#servers.set(`${host}:${port}`, server);
    return server;
  }

  connect(host: string, port: number): Promise<Connection> {
    const server = this.#servers.get(`${host}:${port}`);
    if (server === undefined) return Promise.reject(new SimSystemError("ECONNREFUSED", "connect", `${host}:${port}`));
    return Promise.resolve(server.accept());
  }

  serve(host: string, port: number, answer: (request: HttpRequest) => HttpAnswer): Promise<HttpServer> {
    const address = `${host}:${port}`;
    if (this.#http.has(address)) return Promise.reject(new SimSystemError("EADDRINUSE", "listen", address));
    this.#http.set(address, answer);
    return Promise.resolve({ port, close: () => Promise.resolve(void this.#http.delete(address)) });
  }

  /** Starts a service on another machine, which answers the requests to `host:port`; returns how to stop it. */
  service(address: string, answer: (call: HttpCall) => HttpResult | Promise<HttpResult>): () => void {
    this.#services.set(address, answer);
    return () => void this.#services.delete(address);
  }

  async request(call: HttpCall, signal: AbortSignal): Promise<HttpResult> {
    signal.throwIfAborted();
    const { host, port, protocol } = new URL(call.url);
    const address = port === "" ? `${host}:${protocol === "https:" ? 443 : 80}` : host;
    const answer = this.#services.get(address);
    if (answer === undefined) throw new SimSystemError("ECONNREFUSED", "connect", address);
    return interruptible(Promise.resolve(answer(call)), signal);
  }

  /** What the process answers on an address that it serves; undefined where it serves none. */
  ask(host: string, port: number, path: string, method = "GET"): HttpAnswer | undefined {
    return this.#http.get(`${host}:${port}`)?.({ method, path });
  }

  /** What the crash of the process does: every connection is gone, and what was sent on it with it; it serves nothing. */
  dropConnections(): void {
    this.#http.clear();
    for (const server of this.#servers.values()) server.dropConnections();
  }
}

/** A scripted server: what it sends goes to its newest connection, or waits for the first. */
export class SimServer {
  readonly #stop: () => void;
  #waiting: Uint8Array[] = [];
  #ended = false;
  #connection: SimConnection | undefined;
  /** How many connections it has had. */
  accepted = 0;

  constructor(stop: () => void) {
    this.#stop = stop;
  }

  send(data: string | Uint8Array): void {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    if (this.#connection === undefined) this.#waiting.push(bytes);
    else this.#connection.push(bytes);
  }

  /** Ends the connection (or the next, after what waits for it) as a server does that has sent everything. */
  end(): void {
    this.#ended = true;
    this.#connection?.end();
  }

  /** Breaks the connection with an error of the system. */
  break(code = "ECONNRESET"): void {
    this.#connection?.fail(new SimSystemError(code, "read", "connection"));
    this.#connection = undefined;
  }

  /** Takes no more connections. */
  stop(): void {
    this.#stop();
  }

  /** For `SimNetwork`. */
  accept(): Connection {
    const connection = new SimConnection();
    this.accepted++;
    for (const bytes of this.#waiting) connection.push(bytes);
    this.#waiting = [];
    if (this.#ended) connection.end();
    this.#connection = connection;
    return connection;
  }

  /** For `SimNetwork`. */
  dropConnections(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }
}

class SimConnection implements Connection {
  readonly #received: Uint8Array[] = [];
  #ended = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  push(bytes: Uint8Array): void {
    this.#received.push(bytes);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  fail(error: Error): void {
    this.#failure = error;
    this.#wake?.();
  }

  async receive(): Promise<Uint8Array | undefined> {
    for (;;) {
      const bytes = this.#received.shift();
      if (bytes !== undefined) return bytes;
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#received.length = 0;
    this.end();
  }
}
