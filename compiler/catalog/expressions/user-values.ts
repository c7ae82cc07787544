import { arrow, binary, callCode, conditional, method } from "../../code/build.ts";
import type { Code } from "../../code/code.ts";
import { nullCode } from "../../code/literal.ts";
import { runtime } from "../../code/runtime-name.ts";
import { Scope } from "../../code/scope.ts";
import type { DataType } from "../../ir/types/data-type.ts";

/** A value as an imported function takes it: longs are bigints on its side, also inside arrays and maps. */
export function toUser(value: Code, type: DataType, nullable: boolean): Code {
  return converted(value, type, nullable, { plain: "longToBigInt", nullable: "nullableToBigInt" });
}

/** What an imported function returned, in the runtime's representation. */
export function fromUser(value: Code, type: DataType, nullable: boolean): Code {
  return converted(value, type, nullable, { plain: "longFromBigInt", nullable: "nullableLongFromBigInt" });
}

interface Kernels {
  readonly plain: string;
  readonly nullable: string;
}

function converted(value: Code, type: DataType, nullable: boolean, kernels: Kernels): Code {
  if (!holdsLongs(type)) return value;
  if (type.kind === "long") return callCode(runtime(nullable ? kernels.nullable : kernels.plain), value);
  if (nullable) {
    const present = new Scope().name("value");
    return callCode(runtime("ifPresent"), value, arrow([present], converted(present, type, false, kernels)));
  }
  const scope = new Scope();
  const [key, item] = [scope.name("key"), scope.name("item")];
  if (type.kind === "array") return method(value, "map", arrow([item], inside(item, type.element, type.elementNullable, kernels)));
  if (type.kind !== "map") return value;
  return callCode(runtime("convertMap"), value, arrow([key], inside(key, type.key, false, kernels)), arrow([item], inside(item, type.value, type.valueNullable, kernels)));
}

/** A parameter of an arrow function may be named twice. */
function inside(value: Code, type: DataType, nullable: boolean, kernels: Kernels): Code {
  if (!nullable || type.kind === "long" || !holdsLongs(type)) return converted(value, type, nullable, kernels);
  return conditional(binary("===", value, nullCode), nullCode, converted(value, type, false, kernels));
}

function holdsLongs(type: DataType): boolean {
  switch (type.kind) {
    case "long":
      return true;
    case "array":
      return holdsLongs(type.element);
    case "map":
      return holdsLongs(type.key) || holdsLongs(type.value);
    default:
      return false;
  }
}
