import { intType, stringType } from "../../ir/types/data-type.ts";
import type { Connector } from "./connector.ts";

/** Lines from a TCP server; what was received is kept in the checkpoint, because a socket cannot be read again. */
export const socket: Connector = {
  name: "socket",
  source: {
    options: [
      { name: "host", type: stringType, required: true, position: 0 },
      {
        name: "port",
        type: intType,
        required: true,
        position: 1,
        check: (value) => (typeof value === "number" && (value < 1 || value > 65535) ? `\`port\` is a number from 1 to 65535, found ${value}` : undefined),
      },
      { name: "decode", type: "imported" },
    ],
    unbounded: true,
    bounded: false,
    replayable: false,
    follows: true,
    formats: ["json", "csv", "text"],
    ownColumns: [{ name: "value", type: stringType, nullable: false }],
    factory: "socketSource",
  },
};
