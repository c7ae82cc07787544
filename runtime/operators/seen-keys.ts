import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import type { OperatorPlace } from "./operator-place.ts";

/** The keys of a `dedup` over rows that keep coming. Null equals null, NaN equals NaN, −0.0 differs from 0.0 (semantics D1). */
export interface SeenKeysSpec extends OperatorPlace {
  readonly key: Readonly<Record<string, TypeDescriptor>>;
  /** A key that is a time closes its entry (semantics D2); or an entry lives for a span (µs) from its first row's event time (D3). Absent: never. */
  readonly closing?: { readonly key: string } | { readonly within: number };
  /** Whether rows have a watermark: then they can be late, and batches without data run. */
  readonly underWatermark?: true;
}

/** Which keys came so far, over all batches (Spark: StreamingDeduplicateExec, StreamingDeduplicateWithinWatermarkExec). */
export interface SeenKeys {
  /** Whether a row of this event time (µs) is late; counted. A null time is not. */
  isLate(time: number | null): boolean;
  /** Whether the key comes for the first time; its values in the order of the spec. `time` where entries live for a span. */
  isFirst(key: readonly unknown[], time?: number | null): boolean;
}
