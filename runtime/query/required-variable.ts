import { SluiceRuntimeError } from "../errors/runtime-error.ts";

/** A variable of the environment that a param's default asks for without giving another value. */
export function requiredVariable(env: (name: string) => string | undefined, name: string): string {
  const value = env(name);
  if (value === undefined) throw new SluiceRuntimeError({ code: "R7603", what: `the environment has no variable \`${name}\`, which a param takes its value from`, how: "set it, or give the param: --param NAME=…" });
  return value;
}
