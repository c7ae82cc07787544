/** For tests of jobs: a kit that drives an emitted job; and what it stands on, a machine in memory, with its clock, files that know what a crash leaves, network and planned faults. */
export { SimulatedCrash } from "../errors/simulated-crash.ts";
export { faultPoints, type FaultPoint } from "../host/fault-points.ts";
export { testJob, TestKit, type RestartOptions, type TestBatch, type TestJobOptions, type TestRow } from "./test-kit.ts";
export type { StateEntry } from "./operator-probe.ts";
export { SeededRandom } from "./seeded-random.ts";
export { SimHost, SimulatedExit, type SimHostOptions } from "./sim-host.ts";
export { SimServer } from "./sim-network.ts";
export { Harness, startHarness, type HarnessOptions } from "./harness.ts";
export type { RecordedBatch, RecordedRow } from "./batch-recorder.ts";
export { encodeRows } from "../connectors/queue/encode-rows.ts";
export { QueueRegistry } from "../connectors/queue/queue-registry.ts";
