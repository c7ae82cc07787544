// What programs import as `sluice`: the compiler without its command line.

export { compile, type Checked, type CompiledQuery, type CompileOptions } from "./compile.ts";
export { emitJob, type EmitSettings, type EmittedFile } from "./emit.ts";
export { format, type Formatted } from "./format.ts";
export type { SourceFiles } from "./2-analyze/source-files.ts";
export type { Diagnostic, Help, Label } from "./diagnostics/diagnostic.ts";
export { diagnosticToJson } from "./diagnostics/render-json.ts";
export { renderDiagnostics } from "./diagnostics/render-text.ts";
export type { SourceText } from "./source/source-text.ts";
