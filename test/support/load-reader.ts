import ts from "typescript";
import type { Code } from "../../compiler/code/code.ts";
import { quote } from "../../compiler/code/literal.ts";
import type { ReaderDefinition } from "../../runtime/formats/column-batch.ts";
import * as formats from "../../runtime/formats/index.ts";

/** The text of a module that holds emitted code and imports what it uses. */
export function moduleText(code: Code, runtimeSpecifier: string): string {
  const names = [...new Set(code.uses.map((use) => use.name))].sort();
  return `import { ${names.join(", ")} } from ${quote(runtimeSpecifier)};\n\n${code.text}\n`;
}

/** Runs the text of an emitted reader and gives its definition. */
export function loadReader(code: Code, reader: string): ReaderDefinition<Readonly<Record<string, unknown>>> {
  const { outputText } = ts.transpileModule(moduleText(code, "runtime"), { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const module: Record<string, ReaderDefinition<Readonly<Record<string, unknown>>>> = {};
  new Function("require", "exports", outputText)(() => formats, module);
  const definition = module[reader];
  if (definition === undefined) throw new Error(`the module has no export ${reader}`);
  return definition;
}
