import { randomUUID } from "node:crypto";
import { faultSwitch } from "./fault-switch.ts";
import type { Host } from "./host.ts";
import { nodeCompression } from "./node-compression.ts";
import { nodeFileSystem } from "./node-file-system.ts";
import { nodeNetwork } from "./node-network.ts";
import { nodeProcess } from "./node-process.ts";
import { nodeTimers } from "./node-timers.ts";

export interface NodeHostOptions {
  /** Told of every fault point that is reached, before it takes effect. */
  readonly onFault?: (name: string) => void;
}

/** The machine: real files, clock, chance, network and process. `SLUICE_FAULT` makes it die at a fault point (`faultSwitch`). */
export function nodeHost(options: NodeHostOptions = {}): Host {
  const dies = faultSwitch(process.env["SLUICE_FAULT"], killSelf);
  const fault = (name: string): void => {
    options.onFault?.(name);
    dies(name);
  };
  return {
    fs: nodeFileSystem(fault),
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    timers: nodeTimers,
    net: nodeNetwork,
    process: nodeProcess,
    compression: nodeCompression,
    random: () => Math.random(),
    uuid: () => randomUUID(),
    fault,
  };
}

function killSelf(): void {
  process.kill(process.pid, "SIGKILL");
}
