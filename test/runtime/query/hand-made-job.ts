import { memorySink } from "../../../runtime/connectors/memory.ts";
import { queueSource } from "../../../runtime/connectors/queue.ts";
import type { OutputMode, SinkColumn, SinkConnector } from "../../../runtime/connectors/sink.ts";
import { asap, defineJob, defineQuery, Texts, TextRecords, type ColumnBatch, type JobDefinition, type ReaderDefinition } from "../../../runtime/index.ts";
import type { JsonWriter } from "../../../runtime/formats/json-writer.ts";
import type { JobSettings, QueryProgram, ReadHandler, SideOutputDefinition, TriggerDefinition } from "../../../runtime/query/definition.ts";
import type { QueryContext } from "../../../runtime/query/query-context.ts";

/** A row of a hand-made job's inputs and outputs; times in microseconds. */
export interface HandMadeRow {
  readonly t?: number | null;
  readonly k?: string;
  readonly n?: number;
}

interface LineColumns {
  readonly value: Texts;
}

const lines: ReaderDefinition<LineColumns> = {
  create(context) {
    const records = new TextRecords(context);
    const value = records.lane("value", new Texts(records.text));
    return {
      read(chunk) {
        const { start, end } = records.begin(chunk);
        let row = 0;
        for (let at = start; at < end; at = records.next) if (records.read(at, row, value)) row++;
        return records.batch(row, { value });
      },
    };
  },
};

/** A batch's rows with their numbers: each line is one as JSON. */
export function rowsOf(batch: ColumnBatch<LineColumns>): readonly (readonly [row: HandMadeRow, at: number])[] {
  return Array.from({ length: batch.length }, (_, at) => [JSON.parse(batch.columns.value.text(at)) as HandMadeRow, at] as const);
}

interface Parts {
  readonly mode?: OutputMode;
  readonly trigger?: TriggerDefinition;
  readonly settings?: Partial<JobSettings>;
  readonly sideOutputs?: readonly SideOutputDefinition[];
  readonly sink?: SinkConnector;
  readonly columns?: readonly SinkColumn[];
  readonly key?: readonly string[];
  /** Those of the queues that are tables. */
  readonly tables?: readonly string[];
  /** The handlers by the names of their queues; a row of a queue is a line of JSON. */
  build(context: QueryContext<HandMadeRow>): { readonly reads: Readonly<Record<string, ReadHandler<LineColumns> | ((batch: ColumnBatch<LineColumns>) => void)>>; finish?(): void };
}

/** How rows are written. */
export function encodeRow(row: HandMadeRow, out: JsonWriter): void {
  out.raw(JSON.stringify(row));
}

/** A job of one query `out`, into memory unless it is said, over the queues that it has handlers for, written by hand against the context. */
export function handMadeJob(inputs: readonly string[], { mode = "append", trigger = asap, settings, sideOutputs = [], sink = memorySink("out"), columns = [{ name: "k", type: "string", nullable: true }], key, tables = [], build }: Parts): JobDefinition {
  return defineJob({
    name: "hand-made",
    settings: { timezone: "UTC", statePartitions: 2, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice", ...settings },
    params: {},
    sideOutputs,
    queries: [
      defineQuery<HandMadeRow>({
        name: "out",
        mode,
        sink: () => sink,
        needsCheckpoint: false,
        columns,
        ...(key === undefined ? {} : { key }),
        encodeJson: encodeRow,
        trigger: () => trigger,
        reads: Object.fromEntries(inputs.map((input) => [input, { input, bounded: tables.includes(input), connector: () => queueSource(input), format: "text", reader: lines, malformed: "fail" as const }])),
        plan: "",
        build: (context): QueryProgram => {
          const { reads, finish } = build(context);
          return { reads, ...(finish === undefined ? {} : { finish }) };
        },
      }),
    ],
  });
}
