import type { KafkajsBroker } from "./kafkajs-library.ts";
import type { Coordinated, NodeTable } from "./node-table.ts";
import type { Patience } from "./patience.ts";
import { errorCodes, ProtocolError } from "./protocol-error.ts";

/** Connections with what waits on them. */
export interface Line {
  readonly nodes: NodeTable;
  readonly patience: Patience;
}

/** Work with the broker that keeps a group or a transactional id. Where it fails, the next attempt asks which broker that is by now, but where it is still at the transaction before. */
export function withCoordinator<Result>({ nodes, patience }: Line, kept: Coordinated, work: (coordinator: KafkajsBroker) => Promise<Result>): Promise<Result> {
  return patience.with(async () => {
    try {
      return await work(await nodes.coordinator(kept));
    } catch (error) {
      if (!(error instanceof ProtocolError && error.code === errorCodes.concurrentTransactions)) nodes.forgetCoordinator(kept);
      throw error;
    }
  });
}
