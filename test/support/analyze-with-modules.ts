import { parse } from "../../compiler/1-parse/parse.ts";
import { analyze } from "../../compiler/2-analyze/analyze.ts";
import { DiagnosticBag } from "../../compiler/diagnostics/bag.ts";
import { SourceText } from "../../compiler/source/source-text.ts";
import type { Analyzed } from "./analyze-text.ts";

/** Parses and analyzes a job that imports modules given as texts, by the specifiers of the job (`./f.ts`). */
export function analyzeWithModules(text: string, modules: { readonly [specifier: string]: string }): Analyzed {
  const source = new SourceText("job.sluice", text);
  const bag = new DiagnosticBag();
  const files = {
    read: (specifier: string) => {
      const found = modules[specifier];
      return found === undefined ? undefined : { path: specifier, text: found };
    },
  };
  const job = analyze(parse(source, bag), source, files, bag);
  return { source, job, diagnostics: bag.sorted() };
}
