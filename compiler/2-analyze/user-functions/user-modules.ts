import { createRequire } from "node:module";
import type * as tsMorph from "ts-morph";
import type { Node, Project, SourceFile } from "ts-morph";
import { missingExport, missingModule, notAFunction } from "../../diagnostics/catalogue/imports.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ImportedName } from "../declarations/declarations.ts";
import type { SourceFiles } from "../source-files.ts";

/** An exported function: the node that declares it. */
export interface ExportedFunction {
  readonly node: Node;
}

/** The TypeScript modules that a job imports, and what they import in turn. ts-morph is loaded with the first of them. */
export class UserModules {
  readonly #files: SourceFiles;
  readonly #modules = new Map<string, SourceFile | undefined>();
  #project: Project | undefined;

  constructor(files: SourceFiles) {
    this.#files = files;
  }

  /** The function that an import names; undefined after a report. */
  find(imported: ImportedName, report: (diagnostic: Diagnostic) => void): ExportedFunction | undefined {
    const from = imported.statement.from.value;
    const module = this.#load(from);
    if (module === undefined) {
      report(missingModule({ from }).at(imported.statement.from.span));
      return undefined;
    }
    const name = imported.name.text;
    const exported = module.getExportedDeclarations();
    const node = exported.get(name)?.[0];
    if (node === undefined) {
      const help = suggestion(name, exported.keys(), "it exports");
      const diagnostic = missingExport({ from, name }).at(imported.name.span);
      report(help === undefined ? diagnostic : diagnostic.helped(help));
      return undefined;
    }
    if (node.getType().getCallSignatures().length === 0) {
      report(notAFunction({ name }).at(imported.name.span).also({ start: node.getStart(), end: node.getEnd() }, "declared here", fileOf(node)));
      return undefined;
    }
    return { node };
  }

  #load(specifier: string): SourceFile | undefined {
    if (this.#modules.has(specifier)) return this.#modules.get(specifier);
    const file = this.#files.read(specifier);
    if (file === undefined) {
      this.#modules.set(specifier, undefined);
      return undefined;
    }
    this.#project ??= newProject();
    const module = this.#project.createSourceFile(`/job/${specifier}`, file.text, { overwrite: true });
    this.#modules.set(specifier, module);
    paths.set(module, file.path);
    for (const declaration of [...module.getImportDeclarations(), ...module.getExportDeclarations()]) {
      const target = declaration.getModuleSpecifierValue();
      if (target?.startsWith(".") === true) this.#load(joined(specifier, target));
    }
    return module;
  }
}

/** The paths for messages of the modules in memory. */
const paths = new WeakMap<SourceFile, string>();

/** The file of a node as a label of a diagnostic wants it. */
export function fileOf(node: Node): { readonly path: string; readonly text: string } {
  const file = node.getSourceFile();
  return { path: paths.get(file) ?? file.getBaseName(), text: file.getFullText() };
}

function newProject(): Project {
  const require = createRequire(import.meta.url);
  const morph = require("ts-morph") as typeof tsMorph;
  return new morph.Project({
    useInMemoryFileSystem: true,
    compilerOptions: { strict: true, target: morph.ScriptTarget.ES2022, lib: ["lib.es2022.d.ts"], module: morph.ModuleKind.ESNext, moduleResolution: morph.ModuleResolutionKind.Bundler, allowImportingTsExtensions: true, noEmit: true, types: [] },
  });
}

/** `./b.ts` seen from `./lib/a.ts` is `./lib/b.ts`. */
function joined(from: string, target: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of target.split("/")) {
    if (part === "..") {
      if (parts.length === 0 || parts.every((before) => before === "." || before === "..")) parts.push("..");
      else parts.pop();
    } else if (part !== ".") parts.push(part);
  }
  return (parts[0] === "." || parts[0] === ".." ? parts : [".", ...parts]).join("/");
}
