import { type DataType, typeText } from "../../ir/types/data-type.ts";
import { type Py, pyCall, pyConstant, pyInt, pyList, pyName, pyText } from "../python/py.ts";

const scalars = {
  boolean: "T.BooleanType", int: "T.IntegerType", long: "T.LongType", float: "T.FloatType", double: "T.DoubleType", string: "T.StringType", binary: "T.BinaryType",
  date: "T.DateType", timestamp: "T.TimestampType", duration: "T.DayTimeIntervalType", null: "T.NullType",
} as const;

/** A type as pyspark writes it: `T.LongType()`, `T.ArrayType(T.StringType(), False)`. */
export function sparkTypeOf(type: DataType): Py {
  switch (type.kind) {
    case "decimal":
      return pyCall(pyName("T.DecimalType"), [pyInt(type.precision), pyInt(type.scale)]);
    case "array":
      return pyCall(pyName("T.ArrayType"), [sparkTypeOf(type.element), ...notNull(type.elementNullable)]);
    case "map":
      return pyCall(pyName("T.MapType"), [sparkTypeOf(type.key), sparkTypeOf(type.value), ...notNull(type.valueNullable)]);
    case "record":
      return pyCall(pyName("T.StructType"), [
        pyList(type.fields.map((field) => pyCall(pyName("T.StructField"), [pyText(field.name), sparkTypeOf(field.type), ...notNull(field.nullable)]))),
      ]);
    case "error":
      throw new TypeError(`no type of Spark is ${typeText(type)}`);
    default:
      return pyCall(pyName(scalars[type.kind]), []);
  }
}

/** pyspark takes values to be nullable unless told. */
function notNull(nullable: boolean): readonly Py[] {
  return nullable ? [] : [pyConstant(false)];
}
