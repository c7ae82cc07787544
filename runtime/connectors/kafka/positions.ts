import type { OptionCheck } from "../option-check.ts";
import { partitionKey } from "./client/partition-names.ts";
import { parsePartitions, type PartitionOffsets } from "./partition-offsets.ts";
import { badPositions } from "./source-errors.ts";

/** By topic and partition, as a job writes it in a record: pairs, because topics are any text. */
export type ByPartition = readonly (readonly [topic: string, readonly (readonly [partition: number, value: number | bigint])[]])[];

/** Positions by partition: offsets, or times in microseconds; as text it is JSON as Spark takes it, with times in milliseconds. */
export type PositionsOption = string | ByPartition | null;

/** Where reading starts or ends. */
export type Positions =
  | { readonly kind: "earliest" | "latest" }
  /** −2 is the earliest offset, −1 the latest. */
  | { readonly kind: "offsets"; readonly option: string; readonly offsets: PartitionOffsets }
  /** Microseconds, for every partition or for each. */
  | { readonly kind: "timestamp"; readonly option: string; readonly timestamp: number }
  | { readonly kind: "timestamps"; readonly option: string; readonly timestamps: PartitionOffsets };

export const earliestOffset = -2;
export const latestOffset = -1;

interface PositionOptions {
  readonly offsets: PositionsOption | undefined;
  readonly timestamp: number | bigint | null | undefined;
  readonly byTimestamp: PositionsOption | undefined;
}

/** What the options `startingOffsets`, `startingTimestamp` … of one side come to: a time for all goes before times by partition, and these before offsets. */
export function positionsOf(side: "starting" | "ending", check: OptionCheck, options: PositionOptions): Positions | undefined {
  const timestamp = check.whole(`${side}Timestamp`, options.timestamp, 0, Number.MAX_SAFE_INTEGER, undefined);
  const byTimestamp = `${side}OffsetsByTimestamp`;
  const times = options.byTimestamp ?? undefined;
  const offsets = options.offsets ?? undefined;
  const timestamps = times === undefined ? undefined : valuesOf(byTimestamp, times, 1000);
  const named = offsets === undefined ? undefined : namedOrOffsets(`${side}Offsets`, offsets);
  if (timestamp !== undefined) return { kind: "timestamp", option: `${side}Timestamp`, timestamp };
  if (timestamps === undefined) return named;
  if ([...timestamps.values()].some((time) => time < 0)) throw badPositions(byTimestamp, "holds a time before 1970", "take times from 1970 on");
  return { kind: "timestamps", option: byTimestamp, timestamps };
}

function namedOrOffsets(option: string, value: string | ByPartition): Positions {
  const word = typeof value === "string" ? value.trim().toLowerCase() : "";
  if (word === "earliest" || word === "latest") return { kind: word };
  const offsets = valuesOf(option, value, 1);
  const wrong = [...offsets].find(([, offset]) => offset < earliestOffset);
  if (wrong !== undefined) throw badPositions(option, `holds the offset ${wrong[1]} for ${wrong[0]}`, "offsets begin at 0; −2 is the earliest there is, −1 the latest");
  return { kind: "offsets", option, offsets };
}

/** `unit`: microseconds of what stands in JSON. */
function valuesOf(option: string, value: string | ByPartition, unit: number): PartitionOffsets {
  if (typeof value !== "string") {
    const values = new Map<string, number>();
    for (const [topic, partitions] of value) {
      for (const [partition, each] of partitions) {
        const key = partitionKey({ topic, partition });
        const number = Number(each);
        if (values.has(key)) throw badPositions(option, `names ${key} twice`, "name every partition once");
        if (!Number.isSafeInteger(number)) throw badPositions(option, `holds ${each} for ${key}, which is no offset that can be read exactly`, "take a smaller one");
        values.set(key, number);
      }
    }
    return values;
  }
  const parsed = parsePartitions(value);
  const words = option.endsWith("ByTimestamp") ? "" : '"earliest", "latest" or ';
  if (parsed === undefined) throw badPositions(option, `is ${JSON.stringify(value)}, which is not understood`, `write ${words}\`{"topic":{"0":23,"1":-2}}\``);
  return new Map([...parsed].map(([key, each]) => [key, each * unit]));
}
