import type { Connection } from "../../host/host.ts";
import type { Decoder } from "../../user/receiver.ts";
import { OptionCheck } from "../option-check.ts";
import type { SourceConnector, SourceContext } from "../source.ts";
import { connectPatiently } from "./connect.ts";
import { LineReceiver } from "./line-receiver.ts";
import { longestSocketLine, SocketStream } from "./socket-stream.ts";

export interface SocketSourceOptions {
  readonly host: string;
  readonly port: number | bigint;
  /** Makes records of the format of each line; the lines are the records where it is not given. */
  readonly decode?: Decoder;
}

/** In the place of a connection that a query which is to end no longer waits for: nothing comes. */
const silence: Connection = { receive: () => new Promise(() => {}), close: () => {} };

/** Lines that a server sends over TCP. It has no end that could be known beforehand, so it cannot be read as a table. */
export function socketSource(options: SocketSourceOptions): SourceConnector {
  const check = new OptionCheck("source", "socket");
  const name = check.text("host", options.host);
  const port = check.whole("port", options.port ?? "", 1, 65_535, 0);
  return {
    name: "socket",
    async openStream(context: SourceContext) {
      const connection = (await connectPatiently(context.host, name, port, context.stopping)) ?? silence;
      return new SocketStream(context, `socket ${name}:${port}`, new LineReceiver(connection, longestSocketLine), options.decode);
    },
  };
}
