import { kafkaSink, type KafkaSinkOptions } from "../../runtime/connectors/kafka/sink.ts";
import type { MessageDefinition } from "../../runtime/connectors/sink.ts";
import type { JobDefinition, OutputDefinition } from "../../runtime/query/definition.ts";
import { startHarness, type Harness, type HarnessOptions } from "../../runtime/testing/harness.ts";
import type { KafkaInMemory } from "./kafka-in-memory.ts";
import { kafkaOfProcess } from "./kafka-of-process.ts";
import { compileText, loadJob } from "./load-job.ts";

/** A row of any job. */
export type TestRow = Readonly<Record<string, unknown>>;

export interface KafkaSinkJob {
  /** A job whose sinks write elsewhere. */
  readonly text: string;
  readonly options?: Partial<KafkaSinkOptions>;
  readonly message?: MessageDefinition<TestRow>;
}

/** A compiled job with its sinks turned into Kafka's. */
export function kafkaSinkJob({ text, options, message }: KafkaSinkJob): JobDefinition {
  const job = loadJob(compileText(text, { optimize: true }));
  const turned = (output: OutputDefinition<never>): OutputDefinition<never> => ({
    ...output,
    needsCheckpoint: options?.delivery === "exactly once",
    sink: () => kafkaSink({ brokers: "localhost:9092", topic: output.name, format: "json", ...options }),
    ...(message === undefined ? {} : { message }),
  });
  return { ...job, queries: job.queries.map((query) => ({ ...query, outputs: query.outputs.map(turned) })) };
}

/** Drives such a job over a broker in memory: a process that has crashed does not reach it any more. */
export function startKafkaHarness(broker: KafkaInMemory, job: JobDefinition, options: HarnessOptions = {}): Harness {
  // Clients are made once the query runs, which is later.
  const harness: Harness = startHarness(job, { ...options, kafka: kafkaOfProcess(broker.factory, () => harness.host) });
  return harness;
}
