import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { type ValueType, valueType } from "../formats/value-type.ts";
import type { RowBuffer } from "../state/row-codec.ts";
import type { KeyCodec } from "./key-codec.ts";
import type { SortKey } from "./row-order.ts";

/** What tells rows apart that are equal by content and are not the same: only −0.0 and 0.0 do. Nothing where no column holds doubles. */
export function exactOrder<Row extends object>(columns: Readonly<Record<string, TypeDescriptor>>, codec: KeyCodec, writer: () => RowBuffer): readonly SortKey<Row>[] {
  if (!Object.values(columns).some((type) => hasDoubles(valueType(type)))) return [];
  const names = Object.keys(columns);
  const [left, right] = [writer(), writer()];
  const write = (row: Row, out: RowBuffer): void => {
    out.drop();
    codec.write(names.map((name): unknown => Reflect.get(row, name)), out);
  };
  return [
    (a, b) => {
      if (a === b) return 0;
      write(a, left);
      write(b, right);
      return Buffer.compare(left.bytes.subarray(0, left.length), right.bytes.subarray(0, right.length));
    },
  ];
}

function hasDoubles(type: ValueType): boolean {
  switch (type.kind) {
    case "float":
    case "double":
      return true;
    case "array":
      return hasDoubles(type.element);
    case "map":
      return hasDoubles(type.key) || hasDoubles(type.value);
    case "record":
      return type.fields.some((field) => hasDoubles(field.type));
    default:
      return false;
  }
}
