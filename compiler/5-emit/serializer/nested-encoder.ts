import { callCode } from "../../code/build.ts";
import { Code, Precedence } from "../../code/code.ts";
import { runtime } from "../../code/runtime-name.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { NestedEncoder } from "../emit-encoder.ts";
import type { ModuleScope } from "../module-scope.ts";
import { descriptorText } from "../value-type.ts";
import type { EmittedSerializer } from "./emit-serializer.ts";

/**
 * How a module calls its serializers: `serializeUrlranksWindow(windowShape(row.window))`, where `windowShape` is a constant of the
 * module, `jsonShape({ record: … })`.
 */
export function nestedEncoder(serializer: EmittedSerializer | undefined, query: string, module: ModuleScope): NestedEncoder {
  return (column, value) => {
    const found = serializer?.encoderFor(query, column.name) ?? internalError("E9008", `the column ${column.name} of ${query} has no serializer`);
    const shape = callCode(runtime("jsonShape"), new Code(descriptorText(found.type, false), Precedence.primary, []));
    const serialize = new Code(found.name, Precedence.primary, [{ module: "serializer", name: found.name }]);
    const mapped = callCode(module.constant(`${column.name}Shape`, shape), value);
    return callCode(serialize, new Code(mapped.text, mapped.precedence, [...mapped.uses, ...shape.uses]));
  };
}
