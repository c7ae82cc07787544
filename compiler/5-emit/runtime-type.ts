import { Code, Precedence } from "../code/code.ts";

/** A type that the runtime exports. */
export function runtimeType(name: string): Code {
  return new Code(name, Precedence.primary, [{ module: "runtime", name: `type ${name}` }]);
}
