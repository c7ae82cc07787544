import { timeZone } from "../../time/zone.ts";
import type { BlockFormat } from "../block-format.ts";
import type { FieldDescriptor } from "../type-descriptor.ts";
import { valueType } from "../value-type.ts";
import type { RowGroupTest } from "./row-group-test.ts";

export interface ParquetOptions {
  /** What rows that the job keeps meet: row groups whose statistics say that none does are not read. */
  readonly rowGroups?: readonly RowGroupTest[];
  /** The zone of timestamps that are no instants (`isAdjustedToUTC` is false); UTC where it is not given. */
  readonly timeZone?: string;
}

/** Reads the declared columns of Parquet files. The library is loaded when the first file is read. */
export function parquetBlocks(fields: readonly FieldDescriptor[], { rowGroups = [], timeZone: zone = "UTC" }: ParquetOptions = {}): BlockFormat {
  const columns = fields.map(([name, type]) => ({ name, type: valueType(type) }));
  return {
    name: "parquet",
    async *blocks(file, signal) {
      const { readParquet } = await import("./read-parquet.ts");
      yield* readParquet(file, { columns, rowGroups, zone: timeZone(zone) }, signal);
    },
  };
}
