import { Code, Precedence } from "./code.ts";

/**
 * A name exported by a runtime entry: `runtime("addLong")`, `runtime("compileRegex", "runtime/regex")`. The finished module
 * imports it; a test holds that every such name exists.
 */
export function runtime(name: string, entry: string = "runtime"): Code {
  return new Code(name, Precedence.primary, [{ module: entry, name }]);
}

/** A function of the user's, imported from the specifier as written in the job. `local` is its name in the module. */
export function userFunction(exportName: string, specifier: string, local: string): Code {
  const use = exportName === local ? { module: `user:${specifier}`, name: exportName } : { module: `user:${specifier}`, name: exportName, as: local };
  return new Code(local, Precedence.primary, [use]);
}
