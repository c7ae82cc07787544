import { OptionCheck } from "../option-check.ts";
import type { SourceConnector, SourceContext } from "../source.ts";
import { connectPatiently } from "./connect.ts";
import { LineReceiver } from "./line-receiver.ts";
import { longestSocketLine, SocketStream } from "./socket-stream.ts";

export interface SocketSourceOptions {
  readonly host: string;
  readonly port: number | bigint;
}

/** Lines that a server sends over TCP. It has no end that could be known beforehand, so it cannot be read as a table. */
export function socketSource(options: SocketSourceOptions): SourceConnector {
  const check = new OptionCheck("source", "socket");
  const name = check.text("host", options.host);
  const port = check.whole("port", options.port ?? "", 1, 65_535, 0);
  return {
    name: "socket",
    async openStream(context: SourceContext) {
      const { host, signal } = context;
      const connection = await connectPatiently(host, name, port, signal);
      return new SocketStream(context, `socket ${name}:${port}`, new LineReceiver(connection, longestSocketLine));
    },
  };
}
