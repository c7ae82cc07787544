import { checkShards } from "../../compiler/4-plan/check-shards.ts";
import { compile, type Checked } from "../../compiler/compile.ts";
import { filesBeside } from "./analyze-text.ts";

/** Compiles a job's text, with what keeps its queries from being divided into shards; `path` is where its imports are looked up, and its name in messages is `name`. */
export function checkForShards(text: string, path = "job.sluice", name = path): Checked {
  const checked = compile(name, text, { files: filesBeside(path) });
  return { ...checked, diagnostics: [...checked.diagnostics, ...checkShards(checked.queries).map((found) => found.plain())] };
}
