import {
  arrow, binary, callCode, type Code, conditional, isSimple, member, method, nullCode, numberCode, objectCode, runtime, Scope,
} from "../../code/index.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import { type ArrayType, type DataType, type DecimalType, type MapType, type RecordType, sameType, typeText } from "../../ir/types/data-type.ts";
import type { EmitServices } from "../functions/scalar-function.ts";
import { localTimeCode, zoneArgument, zoneArgumentFor } from "../functions/zone-code.ts";
import { typeDescriptorCode } from "../types/type-descriptor-code.ts";

/**
 * The cast of a value that is not null, between types that `canCast` allows. With `safe` (try_cast) the result may be null;
 * the elements of an array, the values of a map and the fields of a record then fail one by one. A double that is infinite or NaN is null as a
 * decimal in either form (`castGivesNull`).
 */
export function emitCast(value: Code, from: DataType, to: DataType, safe: boolean, services: EmitServices): Code {
  if (from.kind === "null" || from.kind === "error") return nullCode;
  if (sameType(from, to)) return value;
  switch (to.kind) {
    case "boolean":
      return from.kind === "string" ? kernel("booleanFromText", safe, value) : binary("!==", value, numberCode(0));
    case "int":
      return toInt(value, from, safe);
    case "long":
      return toLong(value, from, safe);
    case "float":
      return toFloat(value, from, safe);
    case "double":
      return toDouble(value, from, safe);
    case "decimal":
      return toDecimal(value, from, to, safe);
    case "string":
      return toText(value, from, safe, services);
    case "binary":
      return callCode(runtime("bytesFromText"), value);
    case "date":
      return from.kind === "string" ? kernel("dateFromText", safe, value) : callCode(runtime("dayOfTimestamp"), localTimeCode(value, services));
    case "timestamp":
      return toTimestamp(value, from, safe, services);
    case "duration":
      return from.kind === "string" ? kernel("durationFromText", safe, value) : refused(from, to);
    case "map":
      return from.kind === "map" ? castMap(value, from, to, safe, services) : refused(from, to);
    case "array":
      return from.kind === "array" ? castArray(value, from, to, safe, services) : refused(from, to);
    case "record":
      return from.kind === "record" ? castRecord(value, from, to, safe, services) : refused(from, to);
    default:
      return refused(from, to);
  }
}

function kernel(name: string, safe: boolean, ...args: readonly Code[]): Code {
  return callCode(runtime(safe ? `try${name.charAt(0).toUpperCase()}${name.slice(1)}` : name), ...args);
}

function refused(from: DataType, to: DataType): never {
  return internalError("E9007", `a cast from ${typeText(from)} to ${typeText(to)} reached emission`);
}

function oneOrZero(value: Code): Code {
  return conditional(value, numberCode(1), numberCode(0));
}

function toInt(value: Code, from: DataType, safe: boolean): Code {
  switch (from.kind) {
    case "boolean":
      return oneOrZero(value);
    case "string":
      return kernel("intFromText", safe, value);
    case "long":
      return kernel("intFromLong", safe, value);
    case "float":
    case "double":
      return kernel("intFromDouble", safe, value);
    case "decimal":
      return kernel("intFromDecimal", safe, value, numberCode(from.scale));
    case "timestamp":
      return kernel("intFromTimestamp", safe, value);
    default:
      return refused(from, { kind: "int" });
  }
}

function toLong(value: Code, from: DataType, safe: boolean): Code {
  switch (from.kind) {
    case "boolean":
      return oneOrZero(value);
    case "int":
      return value;
    case "string":
      return kernel("longFromText", safe, value);
    case "float":
    case "double":
      return kernel("longFromDouble", safe, value);
    case "decimal":
      return kernel("longFromDecimal", safe, value, numberCode(from.scale));
    case "timestamp":
      return callCode(runtime("longFromTimestamp"), value);
    default:
      return refused(from, { kind: "long" });
  }
}

function toDouble(value: Code, from: DataType, safe: boolean): Code {
  switch (from.kind) {
    case "boolean":
      return oneOrZero(value);
    case "int":
    case "float":
      return value;
    case "long":
      return callCode(runtime("doubleFromLong"), value);
    case "string":
      return kernel("doubleFromText", safe, value);
    case "decimal":
      return callCode(runtime("doubleFromDecimal"), value, numberCode(from.scale));
    case "timestamp":
      return binary("/", value, numberCode(1_000_000));
    default:
      return refused(from, { kind: "double" });
  }
}

function toFloat(value: Code, from: DataType, safe: boolean): Code {
  if (from.kind === "string") return kernel("floatFromText", safe, value);
  switch (from.kind) {
    case "boolean":
      return oneOrZero(value);
    case "long":
      return callCode(runtime("floatFromLong"), value);
    case "decimal":
      return callCode(runtime("floatFromDecimal"), value, numberCode(from.scale));
    default:
      return callCode(runtime("nearestFloat"), from.kind === "double" ? value : toDouble(value, from, safe));
  }
}

function toDecimal(value: Code, from: DataType, to: DecimalType, safe: boolean): Code {
  const type = [numberCode(to.precision), numberCode(to.scale)];
  switch (from.kind) {
    case "boolean":
      return kernel("rescaleDecimal", safe, oneOrZero(value), numberCode(0), ...type);
    case "int":
    case "long":
      return to.scale === 0 && to.precision >= (from.kind === "int" ? 10 : 19) ? value : kernel("rescaleDecimal", safe, value, numberCode(0), ...type);
    case "decimal":
      return to.scale === from.scale && to.precision >= from.precision ? value : kernel("rescaleDecimal", safe, value, numberCode(from.scale), ...type);
    case "string":
      return kernel("decimalFromText", safe, value, ...type);
    case "double":
      return kernel("decimalFromDouble", safe, value, ...type);
    case "float":
      return kernel("decimalFromFloat", safe, value, ...type);
    case "timestamp":
      return kernel("decimalFromTimestamp", safe, value, ...type);
    default:
      return refused(from, to);
  }
}

function toText(value: Code, from: DataType, safe: boolean, services: EmitServices): Code {
  switch (from.kind) {
    case "boolean":
    case "int":
    case "long":
      return callCode(runtime("plainText"), value);
    case "float":
      return callCode(runtime("floatText"), value);
    case "double":
      return callCode(runtime("doubleText"), value);
    case "decimal":
      return callCode(runtime("decimalText"), value, numberCode(from.scale));
    case "date":
      return callCode(runtime("dateText"), value);
    case "timestamp":
      return callCode(runtime("timestampText"), value, ...zoneArgument(services));
    case "binary":
      return kernel("textFromBytes", safe, value);
    case "duration":
      return callCode(runtime("intervalText"), value);
    case "array":
    case "map":
    case "record":
      return callCode(services.constant("textOf", callCode(runtime("valueText"), typeDescriptorCode(from, false), ...zoneArgumentFor(from, services))), value);
    default:
      return refused(from, { kind: "string" });
  }
}

function toTimestamp(value: Code, from: DataType, safe: boolean, services: EmitServices): Code {
  switch (from.kind) {
    case "int":
      return binary("*", value, numberCode(1_000_000));
    case "long":
      return kernel("timestampFromLong", safe, value);
    case "float":
    case "double":
      return kernel("timestampFromDouble", safe, value);
    case "decimal":
      return kernel("timestampFromDecimal", safe, value, numberCode(from.scale));
    case "string":
      return kernel("timestampFromText", safe, value, ...zoneArgument(services));
    case "date":
      return callCode(runtime("timestampOfDate"), value, ...zoneArgument(services));
    default:
      return refused(from, { kind: "timestamp" });
  }
}

function castArray(value: Code, from: ArrayType, to: ArrayType, safe: boolean, services: EmitServices): Code {
  if (sameType(from.element, to.element)) return value;
  const item = new Scope().name("item");
  const body = part(item, from.element, from.elementNullable, to.element, safe, services);
  return body === item ? value : method(value, "map", arrow([item], body));
}

/** A key that does not fit in a `try_cast` leaves nothing to keep its value by: keys are cast strictly. */
function castMap(value: Code, from: MapType, to: MapType, safe: boolean, services: EmitServices): Code {
  const scope = new Scope();
  const [key, item] = [scope.name("key"), scope.name("item")];
  const [castKey, castItem] = [emitCast(key, from.key, to.key, false, services), part(item, from.value, from.valueNullable, to.value, safe, services)];
  return castKey === key && castItem === item ? value : callCode(runtime("convertMap"), value, arrow([key], castKey), arrow([item], castItem));
}

function castRecord(value: Code, from: RecordType, to: RecordType, safe: boolean, services: EmitServices): Code {
  const record = isSimple(value) ? value : new Scope().name("record");
  const fields = from.fields.map((field, index): [string, Code] => {
    const target = to.fields[index] ?? refused(from, to);
    return [target.name, part(member(record, field.name), field.type, field.nullable, target.type, safe, services)];
  });
  const made = objectCode(fields);
  return isSimple(value) ? made : callCode(runtime("withValue"), value, arrow([record], made));
}

function part(value: Code, from: DataType, nullable: boolean, to: DataType, safe: boolean, services: EmitServices): Code {
  const converted = emitCast(value, from, to, safe, services);
  return nullable && converted !== value ? conditional(binary("===", value, nullCode), nullCode, converted) : converted;
}
