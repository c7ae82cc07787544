import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { JobDefinition, ParamDefinition, ParamValue, ParamValues } from "./definition.ts";
import { readParamText } from "./param-text.ts";

/** The value of every param of a job: the text given for it, else its default. Unknown, missing and unreadable ones are errors. */
export function resolveParams(job: JobDefinition, given: Readonly<Record<string, string>>, env: (name: string) => string | undefined): ParamValues {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(job.params, name)) {
      const known = Object.keys(job.params);
      throw new SluiceRuntimeError({ code: "R7610", what: `the job ${job.name} has no param \`${name}\``, how: known.length === 0 ? "it has no params" : `its params: ${known.join(", ")}` });
    }
  }
  return Object.fromEntries(Object.entries(job.params).map(([name, definition]): [string, ParamValue] => [name, valueOf(name, definition, given, env, job.settings.timezone)]));
}

function valueOf(name: string, definition: ParamDefinition, given: Readonly<Record<string, string>>, env: (name: string) => string | undefined, timezone: string): ParamValue {
  const text = Object.hasOwn(given, name) ? given[name] : undefined;
  if (text !== undefined) return readParamText(name, text, definition.type, timezone);
  if (definition.default !== undefined) return definition.default(env);
  throw new SluiceRuntimeError({ code: "R7601", what: `the param \`${name}\` has no value`, how: `give it: --param ${name}=…` });
}
