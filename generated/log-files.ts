// Emitted from log-files.sluice; change the job and run `sluice build`.
//
// Sink failures [append] into memory
//   Project time, address, method, endpoint, status
//     Source requests: file, csv, reads address, time, method, endpoint, status, agent where status >= 500 and not agent like "Crawler%"
//
// Sink endpoints [complete] into memory
//   Sort requests desc, method, endpoint
//     Aggregate [snapshot] key=[method, endpoint] requests=count() mean=avg(cast(bytes as double)) least=min(bytes) most=max(bytes) median=percentile(cast(bytes as double), 0.5) p95=percentile(cast(bytes as double), 0.95) visitors=count(distinct address)   state endpoints/aggregate: keys × values
//       Source requests: file, csv, reads address, method, endpoint, bytes
//
// Sink replies [complete] into memory
//   Sort sets, method, status
//     Project method, status, requests, bytes, grouping_id as sets
//       Aggregate [snapshot] key=[method, status, grouping_id] requests=count() bytes=sum(bytes)   state replies/aggregate: keys
//         Expand ×4 method=[method, method, null, null] status=[status, null, status, null] grouping_id=[0, 1, 2, 3]
//           Source requests: file, csv, reads method, status, bytes
//
// Sink hours [complete] into memory
//   Sort window_start, requests desc
//     Top 2 by requests desc per window_start
//       Aggregate [snapshot] key=[tumbling(time, 1h), lower(regexp_extract(agent, "^[A-Za-z]+", 0)) as agent] requests=count() refused=count(where status >= 400) posts=count_if(method = "POST")   state hours/aggregate: keys × windows
//         Source requests: file, csv, reads time, method, status, agent
import {
  asap,
  ascending,
  averageDouble,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  descending,
  distinct,
  doubleFromLong,
  extractGroup,
  hours,
  type JsonWriter,
  lowerText,
  maxLong,
  minLong,
  nativePattern,
  percentile,
  rowOrder,
  runMain,
  stringParam,
  sumLong,
  takeRows,
  takeTop,
  type TopOrder,
  tumblingWindow,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import {
  type RequestsColumns,
  type RequestsForEndpointsColumns,
  requestsForEndpointsReader,
  type RequestsForHoursColumns,
  requestsForHoursReader,
  type RequestsForRepliesColumns,
  requestsForRepliesReader,
  requestsReader,
} from "./log-files.reader.ts";

const grouping_ids = [0, 1, 2, 3];
const pattern = nativePattern("^[A-Za-z]+");

/** A row of failures. */
export interface FailuresRow {
  readonly time: number;
  readonly address: string;
  readonly method: string;
  readonly endpoint: string;
  readonly status: number;
}

function writeFailures(row: FailuresRow, out: JsonWriter): void {
  out.raw('{"time":');
  out.timestamp(row.time);
  out.raw(',"address":');
  out.text(row.address);
  out.raw(',"method":');
  out.text(row.method);
  out.raw(',"endpoint":');
  out.text(row.endpoint);
  out.raw(',"status":');
  out.int(row.status);
  out.raw('}');
}

/** The query failures, line 16 of log-files.sluice. */
export const failures = defineQuery<FailuresRow>({
  name: "failures",
  mode: "append",
  trigger: () => asap,
  reads: {
    requests: {
      input: "requests",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "logs"), maxFilesPerTrigger: 1 }),
      format: "csv",
      reader: requestsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("failures"),
  needsCheckpoint: false,
  columns: [
    { name: "time", type: "timestamp", nullable: false },
    { name: "address", type: "string", nullable: false },
    { name: "method", type: "string", nullable: false },
    { name: "endpoint", type: "string", nullable: false },
    { name: "status", type: "int", nullable: false },
  ],
  encodeJson: writeFailures,
  plan: [
    "Sink failures [append] into memory",
    "  Project time, address, method, endpoint, status",
    "    Source requests: file, csv, reads address, time, method, endpoint, status, agent where status >= 500 and not agent like \"Crawler%\"",
  ].join("\n"),
  build(context) {
    // requests |> into    line 17
    function process(batch: ColumnBatch<RequestsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        context.output.insert({
          time: columns.time[row],
          address: columns.address.text(row),
          method: columns.method.text(row),
          endpoint: columns.endpoint.text(row),
          status: columns.status[row],
        });
      }
    }

    return { reads: { requests: process } };
  },
});

/** A row of endpoints. */
export interface EndpointsRow {
  readonly method: string;
  readonly endpoint: string;
  readonly requests: number | bigint;
  readonly mean: number | null;
  readonly least: number | bigint | null;
  readonly most: number | bigint | null;
  readonly median: number | null;
  readonly p95: number | null;
  readonly visitors: number | bigint;
}

function writeEndpoints(row: EndpointsRow, out: JsonWriter): void {
  out.raw('{"method":');
  out.text(row.method);
  out.raw(',"endpoint":');
  out.text(row.endpoint);
  out.raw(',"requests":');
  out.long(row.requests);
  out.raw(',"mean":');
  out.double(row.mean);
  out.raw(',"least":');
  out.long(row.least);
  out.raw(',"most":');
  out.long(row.most);
  out.raw(',"median":');
  out.double(row.median);
  out.raw(',"p95":');
  out.double(row.p95);
  out.raw(',"visitors":');
  out.long(row.visitors);
  out.raw('}');
}

/** The query endpoints, line 22 of log-files.sluice. */
export const endpoints = defineQuery<EndpointsRow>({
  name: "endpoints",
  mode: "complete",
  trigger: () => asap,
  reads: {
    requests: {
      input: "requests",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "logs"), maxFilesPerTrigger: 1 }),
      format: "csv",
      reader: requestsForEndpointsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("endpoints"),
  needsCheckpoint: false,
  columns: [
    { name: "method", type: "string", nullable: false },
    { name: "endpoint", type: "string", nullable: false },
    { name: "requests", type: "long", nullable: false },
    { name: "mean", type: "double", nullable: true },
    { name: "least", type: "long", nullable: true },
    { name: "most", type: "long", nullable: true },
    { name: "median", type: "double", nullable: true },
    { name: "p95", type: "double", nullable: true },
    { name: "visitors", type: "long", nullable: false },
  ],
  encodeJson: writeEndpoints,
  plan: [
    "Sink endpoints [complete] into memory",
    "  Sort requests desc, method, endpoint",
    "    Aggregate [snapshot] key=[method, endpoint] requests=count() mean=avg(cast(bytes as double)) least=min(bytes) most=max(bytes) median=percentile(cast(bytes as double), 0.5) p95=percentile(cast(bytes as double), 0.95) visitors=count(distinct address)   state endpoints/aggregate: keys × values",
    "      Source requests: file, csv, reads address, method, endpoint, bytes",
  ].join("\n"),
  build(context) {
    const endpointsGroups = context.groups("endpoints/aggregate", {
      key: { method: "string", endpoint: "string" },
      lanes: () => ({
        requests: count(),
        mean: averageDouble(),
        least: minLong(),
        most: maxLong(),
        median: percentile(),
        visitors: distinct(count(), "string"),
      }),
    });
    const resultRows: EndpointsRow[] = [];
    const resultOrder = rowOrder<EndpointsRow>(
      {
        method: "string",
        endpoint: "string",
        requests: "long",
        mean: "double?",
        least: "long?",
        most: "long?",
        median: "double?",
        p95: "double?",
        visitors: "long",
      },
      descending((row) => row.requests, "long"),
      ascending((row) => row.method, "string"),
      ascending((row) => row.endpoint, "string"),
    );

    // requests |> aggregate    line 24
    function process(batch: ColumnBatch<RequestsForEndpointsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const bytes = columns.bytes.get(row);
        const slot = endpointsGroups.slot(columns.method.key(row), columns.endpoint.key(row));
        const bytesAsDouble = bytes === null ? null : doubleFromLong(bytes);
        endpointsGroups.lanes.requests.add(slot);
        if (bytesAsDouble !== null) endpointsGroups.lanes.mean.add(slot, bytesAsDouble);
        if (bytes !== null) endpointsGroups.lanes.least.add(slot, bytes);
        if (bytes !== null) endpointsGroups.lanes.most.add(slot, bytes);
        if (bytesAsDouble !== null) endpointsGroups.lanes.median.add(slot, bytesAsDouble);
        endpointsGroups.lanes.visitors.add(slot, columns.address.text(row));
      }
    }

    function finish(): void {
      // endpoints/aggregate |> order by    line 24
      const groups = endpointsGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          method: groups.keys.method.get(slot),
          endpoint: groups.keys.endpoint.get(slot),
          requests: groups.lanes.requests.get(slot),
          mean: groups.lanes.mean.get(slot),
          least: groups.lanes.least.get(slot),
          most: groups.lanes.most.get(slot),
          median: groups.lanes.median.at(slot, 0.5),
          p95: groups.lanes.median.at(slot, 0.95),
          visitors: groups.lanes.visitors.inner.get(slot),
        });
      }

      // order by |> into    line 32
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return { reads: { requests: process }, finish };
  },
});

/** A row of replies. */
export interface RepliesRow {
  readonly method: string | null;
  readonly status: number | null;
  readonly requests: number | bigint;
  readonly bytes: number | bigint | null;
  readonly sets: number | bigint;
}

function writeReplies(row: RepliesRow, out: JsonWriter): void {
  out.raw('{"method":');
  out.text(row.method);
  out.raw(',"status":');
  out.int(row.status);
  out.raw(',"requests":');
  out.long(row.requests);
  out.raw(',"bytes":');
  out.long(row.bytes);
  out.raw(',"sets":');
  out.long(row.sets);
  out.raw('}');
}

/** The query replies, line 36 of log-files.sluice. */
export const replies = defineQuery<RepliesRow>({
  name: "replies",
  mode: "complete",
  trigger: () => asap,
  reads: {
    requests: {
      input: "requests",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "logs"), maxFilesPerTrigger: 1 }),
      format: "csv",
      reader: requestsForRepliesReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("replies"),
  needsCheckpoint: false,
  columns: [
    { name: "method", type: "string", nullable: true },
    { name: "status", type: "int", nullable: true },
    { name: "requests", type: "long", nullable: false },
    { name: "bytes", type: "long", nullable: true },
    { name: "sets", type: "long", nullable: false },
  ],
  encodeJson: writeReplies,
  plan: [
    "Sink replies [complete] into memory",
    "  Sort sets, method, status",
    "    Project method, status, requests, bytes, grouping_id as sets",
    "      Aggregate [snapshot] key=[method, status, grouping_id] requests=count() bytes=sum(bytes)   state replies/aggregate: keys",
    "        Expand ×4 method=[method, method, null, null] status=[status, null, status, null] grouping_id=[0, 1, 2, 3]",
    "          Source requests: file, csv, reads method, status, bytes",
  ].join("\n"),
  build(context) {
    const repliesGroups = context.groups("replies/aggregate", {
      key: { method: "string?", status: "int?", grouping_id: "long" },
      lanes: () => ({ requests: count(), bytes: sumLong() }),
    });
    const resultRows: RepliesRow[] = [];
    const resultOrder = rowOrder<RepliesRow>(
      { method: "string?", status: "int?", requests: "long", bytes: "long?", sets: "long" },
      ascending((row) => row.sets, "long"),
      ascending((row) => row.method, "string?"),
      ascending((row) => row.status, "int?"),
    );

    // requests |> expand |> aggregate    line 38
    function process(batch: ColumnBatch<RequestsForRepliesColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const method = columns.method.text(row);
          const status = columns.status[row];
          const bytes = columns.bytes.get(row);
          for (const grouping_id of grouping_ids) {
            const method2 = (grouping_id & 2) === 0 ? method : null;
            const status2 = (grouping_id & 1) === 0 ? status : null;
            const slot = repliesGroups.slot(method2, status2, grouping_id);
            repliesGroups.lanes.requests.add(slot);
            if (bytes !== null) repliesGroups.lanes.bytes.add(slot, bytes);
          }
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // replies/aggregate |> select |> order by    line 38
      const groups = repliesGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          method: groups.keys.method.get(slot),
          status: groups.keys.status.get(slot),
          requests: groups.lanes.requests.get(slot),
          bytes: groups.lanes.bytes.get(slot),
          sets: groups.keys.grouping_id.get(slot),
        });
      }

      // order by |> into    line 39
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return { reads: { requests: process }, finish };
  },
});

/** A row of hours. */
export interface HoursRow {
  readonly window_start: number;
  readonly window_end: number;
  readonly agent: string;
  readonly requests: number | bigint;
  readonly refused: number | bigint;
  readonly posts: number | bigint;
}

function writeHours(row: HoursRow, out: JsonWriter): void {
  out.raw('{"window_start":');
  out.timestamp(row.window_start);
  out.raw(',"window_end":');
  out.timestamp(row.window_end);
  out.raw(',"agent":');
  out.text(row.agent);
  out.raw(',"requests":');
  out.long(row.requests);
  out.raw(',"refused":');
  out.long(row.refused);
  out.raw(',"posts":');
  out.long(row.posts);
  out.raw('}');
}

/** The query hours, line 43 of log-files.sluice. */
export const hours2 = defineQuery<HoursRow>({
  name: "hours",
  mode: "complete",
  trigger: () => asap,
  reads: {
    requests: {
      input: "requests",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "logs"), maxFilesPerTrigger: 1 }),
      format: "csv",
      reader: requestsForHoursReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("hours"),
  needsCheckpoint: false,
  columns: [
    { name: "window_start", type: "timestamp", nullable: false },
    { name: "window_end", type: "timestamp", nullable: false },
    { name: "agent", type: "string", nullable: false },
    { name: "requests", type: "long", nullable: false },
    { name: "refused", type: "long", nullable: false },
    { name: "posts", type: "long", nullable: false },
  ],
  encodeJson: writeHours,
  plan: [
    "Sink hours [complete] into memory",
    "  Sort window_start, requests desc",
    "    Top 2 by requests desc per window_start",
    "      Aggregate [snapshot] key=[tumbling(time, 1h), lower(regexp_extract(agent, \"^[A-Za-z]+\", 0)) as agent] requests=count() refused=count(where status >= 400) posts=count_if(method = \"POST\")   state hours/aggregate: keys × windows",
    "        Source requests: file, csv, reads time, method, status, agent",
  ].join("\n"),
  build(context) {
    const hoursGroups = context.groups("hours/aggregate", {
      key: { agent: "string" },
      window: tumblingWindow(hours(1)),
      lanes: () => ({ requests: count(), refused: count(), posts: count() }),
    });
    const resultRows: HoursRow[] = [];
    const resultTop: TopOrder<HoursRow> = {
      count: 2,
      ties: false,
      per: [ascending((row) => row.window_start, "timestamp")],
      by: [descending((row) => row.requests, "long")],
      content: {
      window_start: "timestamp",
      window_end: "timestamp",
      agent: "string",
      requests: "long",
      refused: "long",
      posts: "long",
    },
    };
    const rows2Rows: HoursRow[] = [];
    const rows2Order = rowOrder<HoursRow>(
      {
        window_start: "timestamp",
        window_end: "timestamp",
        agent: "string",
        requests: "long",
        refused: "long",
        posts: "long",
      },
      ascending((row) => row.window_start, "timestamp"),
      descending((row) => row.requests, "long"),
    );

    // requests |> aggregate    line 45
    function process(batch: ColumnBatch<RequestsForHoursColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const slot = hoursGroups.slot(columns.time[row], lowerText(extractGroup(columns.agent.text(row), pattern, 0)));
        hoursGroups.lanes.requests.add(slot);
        if (columns.status[row] >= 400) hoursGroups.lanes.refused.add(slot);
        if (columns.method.text(row) === "POST") hoursGroups.lanes.posts.add(slot);
      }
    }

    function finish(): void {
      // hours/aggregate |> top    line 45
      const groups = hoursGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          window_start: groups.windowStart(slot),
          window_end: groups.windowEnd(slot),
          agent: groups.keys.agent.get(slot),
          requests: groups.lanes.requests.get(slot),
          refused: groups.lanes.refused.get(slot),
          posts: groups.lanes.posts.get(slot),
        });
      }

      // top |> order by    line 49
      for (const { row } of takeTop(resultRows, resultTop)) {
        rows2Rows.push(row);
      }

      // order by |> into    line 50
      for (const row of takeRows(rows2Rows, rows2Order)) {
        context.output.insert(row);
      }
    }

    return { reads: { requests: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "log-files",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    logs: { type: "string", default: () => "examples/log-files/data" },
  },
  queries: [failures, endpoints, replies, hours2],
  sideOutputs: [],
});

await runMain(import.meta, job);
