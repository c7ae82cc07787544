import { isListLiteral, isMapLiteral, type LiteralValue } from "../../ir/expr/literal-value.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { type Py, pyCall, pyConstant, pyFloat, pyInt, pyMethod, pyName, pyText } from "../python/py.ts";
import { castTypeOf } from "./cast-type.ts";
import { dateText, decimalText, dayTimeText, instantText } from "./literal-text.ts";

/**
 * A literal as a pyspark Column of just this type. What has no literal of its own in Python is cast from text, which Spark does once for the
 * query; a duration is an interval literal, because Spark looks for one where it derives a join's time bounds.
 */
export function literalOf(value: LiteralValue, type: DataType): Py {
  if (value === null) return type.kind === "null" ? lit(pyConstant(null)) : castFrom(pyConstant(null), type);
  const plain = plainLiteral(value, type);
  if (plain !== undefined) return lit(plain);
  switch (type.kind) {
    case "long":
      return castFrom(pyInt(integer(value)), type);
    case "float":
      return castFrom(pyFloat(Number(value)), type);
    case "decimal":
      return castFrom(pyText(decimalText(integer(value), type.scale)), type);
    case "binary":
      return lit(pyCall(pyName("bytes.fromhex"), [pyText(value instanceof Uint8Array ? Buffer.from(value).toString("hex") : "")]));
    case "date":
      return castFrom(pyText(dateText(Number(value))), type);
    case "timestamp":
      return castFrom(pyText(instantText(Number(value))), type);
    case "duration":
      return pyCall(pyName("F.expr"), [pyText(`INTERVAL ${dayTimeText(Number(value))} DAY TO SECOND`)]);
    case "array": {
      const items = isListLiteral(value) ? value : [];
      const array = pyCall(pyName("F.array"), items.map((item) => literalOf(item, type.element)));
      return items.length === 0 ? pyMethod(array, "cast", [castTypeOf(type)]) : array;
    }
    case "map": {
      const entries = isMapLiteral(value) ? [...value] : [];
      const map = pyCall(pyName("F.create_map"), entries.flatMap(([key, item]) => [literalOf(key, type.key), literalOf(item, type.value)]));
      return entries.length === 0 ? pyMethod(map, "cast", [castTypeOf(type)]) : map;
    }
    case "record":
      return pyCall(pyName("F.struct"), type.fields.map((field) => pyMethod(literalOf(fieldOf(value, field.name), field.type), "alias", [pyText(field.name)])));
    default:
      throw new TypeError(`no literal of Spark is a ${type.kind}`);
  }
}

/** The value as Python itself writes it, where pyspark takes it for a literal of just this type: texts, booleans, ints, doubles, large longs. */
export function plainLiteral(value: LiteralValue, type: DataType): Py | undefined {
  switch (type.kind) {
    case "boolean":
      return typeof value === "boolean" ? pyConstant(value) : undefined;
    case "string":
      return typeof value === "string" ? pyText(value) : undefined;
    case "int":
      return typeof value === "number" ? pyInt(value) : undefined;
    case "long": {
      if (typeof value !== "number" && typeof value !== "bigint") return undefined;
      return BigInt.asIntN(32, BigInt(value)) === BigInt(value) ? undefined : pyInt(value);
    }
    case "double":
      return typeof value === "number" ? pyFloat(value) : undefined;
    default:
      return undefined;
  }
}

function lit(value: Py): Py {
  return pyCall(pyName("F.lit"), [value]);
}

function castFrom(value: Py, type: DataType): Py {
  return pyMethod(lit(value), "cast", [castTypeOf(type)]);
}

function integer(value: LiteralValue): bigint {
  return typeof value === "bigint" ? value : BigInt(Number(value));
}

function fieldOf(value: LiteralValue, name: string): LiteralValue {
  const isRecord = typeof value === "object" && value !== null && !(value instanceof Uint8Array) && !isListLiteral(value) && !isMapLiteral(value);
  return isRecord && Object.hasOwn(value, name) ? (value[name] ?? null) : null;
}
