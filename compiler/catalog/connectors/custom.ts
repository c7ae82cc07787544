import type { Connector } from "./connector.ts";

/** Records of an imported receiver; whether it can give them again is seen by its methods. */
export const custom: Connector = {
  name: "custom",
  source: {
    options: [{ name: "receiver", type: "imported", required: true, position: 0 }],
    unbounded: true,
    bounded: false,
    replayable: false,
    formats: ["json", "csv", "text"],
    ownColumns: undefined,
    factory: "customSource",
    isNamed: true,
  },
};
