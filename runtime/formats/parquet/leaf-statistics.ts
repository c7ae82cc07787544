import { microsOf } from "../file-times.ts";
import type { ValueType } from "../value-type.ts";
import type { FileNode } from "./file-node.ts";
import { isDecimal, isUnsigned, timestampForm } from "./leaf-value.ts";
import type { ColumnMetaData } from "./parquet-library.ts";
import type { TestValue } from "./row-group-test.ts";

/** What the statistics of a leaf in one row group say. */
export interface LeafStatistics {
  /** Undefined where they do not say. */
  readonly nulls: number | undefined;
  /** No value is less; in the runtime's representation, texts as UTF-8; a decimal only nearly. Undefined where they do not say, or where the values are of a kind that they do not bound. */
  readonly least: Bound | undefined;
  /** No value is greater, but for NaN. */
  readonly greatest: Bound | undefined;
  /** Whether bounds may be off by the last digits of a double. */
  readonly isNear: boolean;
  /** Whether NaN, which is above all numbers, may be among the values without the bounds saying so. */
  readonly mayHaveNaN: boolean;
}

export type Bound = number | bigint | Uint8Array;

/** The statistics of a leaf that is read as a type. */
export function leafStatistics(type: ValueType, node: FileNode, { statistics }: ColumnMetaData, isUtc: boolean): LeafStatistics {
  const { element } = node;
  const convert = boundOf(type, node, isUtc);
  // The older fields compare signed, which is right only for signed numbers.
  const olderHold = (element.type === "INT32" || element.type === "INT64" || element.type === "FLOAT" || element.type === "DOUBLE") && !isUnsigned(element);
  const least = statistics?.min_value ?? (olderHold ? statistics?.min : undefined);
  const greatest = statistics?.max_value ?? (olderHold ? statistics?.max : undefined);
  return {
    nulls: statistics?.null_count === undefined ? undefined : Number(statistics.null_count),
    least: least === undefined ? undefined : convert?.(least),
    greatest: greatest === undefined ? undefined : convert?.(greatest),
    isNear: type.kind === "decimal",
    mayHaveNaN: type.kind === "float" || type.kind === "double",
  };
}

/** How a bound is given in the representation of the declared type; undefined where nothing is known. */
function boundOf(type: ValueType, { element }: FileNode, isUtc: boolean): ((value: unknown) => Bound | undefined) | undefined {
  switch (type.kind) {
    case "int":
    case "long":
    case "float":
    case "double":
    case "date":
      return isDecimal(element) || element.type === "FIXED_LEN_BYTE_ARRAY" ? undefined : numberOf;
    case "duration":
      return numberOf;
    case "decimal":
      return element.converted_type === "DECIMAL" ? (value) => (typeof value === "number" ? value * 10 ** type.scale : undefined) : undefined;
    case "string":
      return element.type === "BYTE_ARRAY" ? (value) => (value instanceof Uint8Array ? value : undefined) : undefined;
    case "timestamp": {
      const form = timestampForm(element);
      if (form === undefined || !(form.isInstant || isUtc)) return undefined;
      return (value) => (typeof value === "bigint" ? microsOf(value, form.unit) : undefined);
    }
    default:
      return undefined;
  }
}

function numberOf(value: unknown): number | bigint | undefined {
  return typeof value === "bigint" || (typeof value === "number" && !Number.isNaN(value)) ? value : undefined;
}

/** Negative, 0 or positive as a bound is less than, equal to, or greater than a value; undefined where the two do not compare. */
export function compareBound(bound: Bound, value: TestValue): number | undefined {
  if (bound instanceof Uint8Array) return typeof value === "string" ? Buffer.compare(bound, Buffer.from(value)) : undefined;
  if ((typeof value !== "number" && typeof value !== "bigint") || Number.isNaN(value)) return undefined;
  return bound < value ? -1 : bound > value ? 1 : 0;
}
