import { connect, type Socket } from "node:net";
import type { Connection, Network } from "./host.ts";
import { requestOverHttp, serveHttp } from "./node-http.ts";

/** TCP and HTTP through Node. A connection reads no further than its receiver has asked: the peer is slowed down instead. */
export const nodeNetwork: Network = {
  request: requestOverHttp,
  connect: (host, port) =>
    new Promise((resolve, reject) => {
      const socket = connect({ host, port });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        resolve(new NodeConnection(socket));
      });
    }),
  serve: serveHttp,
};

class NodeConnection implements Connection {
  readonly #socket: Socket;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("error", (error) => {
      this.#failure = error;
      this.#wake?.();
    });
    for (const event of ["readable", "end", "close"]) socket.on(event, () => this.#wake?.());
  }

  async receive(): Promise<Uint8Array | undefined> {
    for (;;) {
      const bytes: unknown = this.#socket.read();
      if (bytes instanceof Uint8Array) return bytes;
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#socket.readableEnded || this.#socket.destroyed) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#socket.destroy();
  }
}
