import { queueSource } from "../connectors/queue/source.ts";
import type { JobDefinition, QueryDefinition, ReadDefinition } from "../query/definition.ts";
import { collectingSink, type CollectedRows } from "./collecting-sink.ts";
import type { OperatorProbe } from "./operator-probe.ts";

/** What is put around a job for a test. */
export interface JobParts {
  readonly queries: readonly string[] | undefined;
  /** Inputs that keep the connector that the job declares. */
  readonly ownConnectors: readonly string[];
  /** Tables whose rows the test gives. */
  readonly tables: readonly string[];
  readonly statePartitions: number | undefined;
  /** Where the rows of a side output go, by its name. */
  readonly collected: (sideOutput: string) => CollectedRows;
  readonly probeOf: (query: string) => OperatorProbe;
}

/** The job as it is deployed, with the connectors of its sources (and of the given tables) replaced by queues, and its side outputs by ones that a test reads. */
export function adaptedJob(job: JobDefinition, { queries, ownConnectors, tables, statePartitions, collected, probeOf }: JobParts): JobDefinition {
  const known = new Set(job.queries.flatMap(({ reads }) => Object.values(reads).map(({ input }) => input)));
  const wrong = [...ownConnectors, ...tables].find((name) => !known.has(name));
  if (wrong !== undefined) throw new TypeError(`the job reads no input \`${wrong}\`: ${[...known].join(", ")}`);
  const missing = queries?.find((name) => !job.queries.some((query) => query.name === name));
  if (missing !== undefined) throw new TypeError(`the job has no query \`${missing}\`: ${job.queries.map(({ name }) => name).join(", ")}`);
  const adaptedRead = (read: ReadDefinition<unknown>): ReadDefinition<unknown> => {
    const isFed = read.bounded ? tables.includes(read.input) : !ownConnectors.includes(read.input);
    if (!isFed) return read;
    return {
      ...read,
      connector: (params) => {
        const own = read.connector(params);
        return own.name === "queue" ? own : queueSource(read.input);
      },
    };
  };
  const adaptedQuery = (query: QueryDefinition<never>): QueryDefinition<never> => ({
    ...query,
    reads: Object.fromEntries(Object.entries(query.reads).map(([name, read]) => [name, adaptedRead(read)])),
    build: (context) => query.build(probeOf(query.name).watch(context)),
  });
  return {
    ...job,
    settings: statePartitions === undefined ? job.settings : { ...job.settings, statePartitions },
    queries: job.queries.filter(({ name }) => queries?.includes(name) ?? true).map(adaptedQuery),
    sideOutputs: job.sideOutputs.map((output) => ({ ...output, sink: () => collectingSink(collected(output.name)) })),
  };
}
