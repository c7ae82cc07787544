import { zoneArgumentFor } from "../../catalog/functions/zone-code.ts";
import { callCode } from "../../code/build.ts";
import { Code, Precedence } from "../../code/code.ts";
import { runtime } from "../../code/runtime-name.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import type { NestedEncoder } from "../emit-encoder.ts";
import type { ModuleScope } from "../module-scope.ts";
import { descriptorText } from "../value-type.ts";
import type { EmittedSerializer } from "./emit-serializer.ts";

/**
 * How a module writes nested columns: `serializeUrlranksWindow(windowShape(row.window))`, where `windowShape` is a constant of the
 * module, `jsonShape({ record: … })`. The shape of a map is its JSON already.
 */
export function nestedEncoder(serializer: EmittedSerializer | undefined, query: string, module: ModuleScope): NestedEncoder {
  return (column, value) => {
    const shaped = (type: DataType): Code => {
      const shape = callCode(runtime("jsonShape"), new Code(descriptorText(type, false), Precedence.primary, []), ...zoneArgumentFor(type, module));
      const mapped = callCode(module.constant(`${column.name}Shape`, shape), value);
      return new Code(mapped.text, mapped.precedence, [...mapped.uses, ...shape.uses]);
    };
    if (column.type.kind === "map") return shaped(column.type);
    const found = serializer?.encoderFor(query, column.name) ?? internalError("E9008", `the column ${column.name} of ${query} has no serializer`);
    return callCode(new Code(found.name, Precedence.primary, [{ module: "serializer", name: found.name }]), shaped(found.type));
  };
}
