import type { Node, Project, SourceFile } from "ts-morph";
import { missingExport, missingModule, notAFunction } from "../../diagnostics/catalogue/imports.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ImportedName } from "../declarations/declarations.ts";
import type { SourceFiles } from "../source-files.ts";
import { isRuntimeModule, nodeGlobals } from "./declarations-of-runtime.ts";
import type { ModuleProblem } from "./module-problems.ts";
import { syntaxProblems, typeProblems } from "./module-problems.ts";
import { filesMeant, isOfScript, joined } from "./module-paths.ts";
import { morph } from "./morph.ts";
import { runtimeDeclarations } from "./runtime-declarations.generated.ts";

/** An exported function: the node that declares it. */
export interface ExportedFunction {
  readonly node: Node;
}

/** What is wrong in one module, by its path. `errors`: it cannot be loaded. `doubts`: types that do not fit. */
export interface CheckedModule {
  readonly path: string;
  readonly errors: readonly ModuleProblem[];
  readonly doubts: readonly ModuleProblem[];
}

/** The relative imports of a module: the modules that they name, and those that name none. */
interface ModuleImports {
  readonly modules: readonly SourceFile[];
  readonly missing: readonly ModuleProblem[];
}

/** The TypeScript modules that a job imports, and what they import in turn. ts-morph is loaded with the first of them. */
export class UserModules {
  readonly #files: SourceFiles;
  readonly #modules = new Map<string, SourceFile | undefined>();
  readonly #imports = new Map<SourceFile, ModuleImports>();
  #project: Project | undefined;

  constructor(files: SourceFiles) {
    this.#files = files;
  }

  /** Reads the modules that imports name: all at once, for TypeScript begins anew with each that comes later. */
  load(specifiers: Iterable<string>): void {
    for (const specifier of specifiers) this.#load(specifier);
  }

  /** What is wrong in a module and in those that it imports. `how`: the syntax and the files that are imported, or all of its types as well. */
  problems(specifier: string, how: "syntax" | "types"): readonly CheckedModule[] {
    const first = this.#load(specifier);
    if (first === undefined || this.#project === undefined) return [];
    const program = this.#project.getProgram();
    const found: CheckedModule[] = [];
    const all = new Set([first]);
    for (const module of all) {
      const imports = this.#imports.get(module);
      for (const other of imports?.modules ?? []) all.add(other);
      if (module.isDeclarationFile() || !/\.[cm]?tsx?$/.test(module.getFilePath())) continue;
      const path = paths.get(module) ?? module.getBaseName();
      const errors = [...syntaxProblems(module, program, path), ...(imports?.missing ?? [])];
      const types = how === "syntax" || errors.length > 0 ? { errors: [], doubts: [] } : typeProblems(module, program, path);
      found.push({ path, errors: [...errors, ...types.errors], doubts: types.doubts });
    }
    return found;
  }

  /** The function that an import names; undefined after a report. */
  find(imported: ImportedName, report: (diagnostic: Diagnostic) => void): ExportedFunction | undefined {
    const node = this.exported(imported, report);
    if (node === undefined) return undefined;
    if (node.getType().getCallSignatures().length === 0) {
      report(notAFunction({ name: imported.name.text }).at(imported.name.span).also({ start: node.getStart(), end: node.getEnd() }, "declared here", fileOf(node)));
      return undefined;
    }
    return { node };
  }

  /** What an import names, a function or another value; undefined after a report. */
  exported(imported: ImportedName, report: (diagnostic: Diagnostic) => void): Node | undefined {
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
    return node;
  }

  #load(specifier: string): SourceFile | undefined {
    if (this.#modules.has(specifier)) return this.#modules.get(specifier);
    const file = isRuntimeModule(specifier) ? { path: specifier, text: runtimeDeclarations } : this.#files.read(specifier);
    if (file === undefined) {
      this.#modules.set(specifier, undefined);
      return undefined;
    }
    this.#project ??= newProject();
    const module = this.#project.createSourceFile(`${jobFolder}/${specifier}`, file.text, { overwrite: true });
    this.#modules.set(specifier, module);
    paths.set(module, file.path);
    const modules: SourceFile[] = [];
    const missing: ModuleProblem[] = [];
    for (const declaration of [...module.getImportDeclarations(), ...module.getExportDeclarations()]) {
      const target = declaration.getModuleSpecifierValue();
      if (target?.startsWith(".") !== true) continue;
      const inner = this.#meant(joined(specifier, target));
      const place = declaration.getModuleSpecifier() ?? declaration;
      if (inner !== undefined) modules.push(inner);
      else if (isOfScript(target)) missing.push({ message: `there is no module \`${target}\``, place: { span: { start: place.getStart(), end: place.getEnd() }, file: { path: file.path, text: file.text } } });
    }
    this.#imports.set(module, { modules, missing });
    return module;
  }

  /** The module that a relative import of a module means. */
  #meant(specifier: string): SourceFile | undefined {
    for (const candidate of isRuntimeModule(specifier) ? [specifier] : filesMeant(specifier)) {
      const module = this.#load(candidate);
      if (module !== undefined) return module;
    }
    return undefined;
  }
}

/** The paths for messages of the modules in memory. */
const paths = new WeakMap<SourceFile, string>();

/** The file of a node as a label of a diagnostic wants it. */
export function fileOf(node: Node): { readonly path: string; readonly text: string } {
  const file = node.getSourceFile();
  return { path: paths.get(file) ?? file.getBaseName(), text: file.getFullText() };
}

/** The folder of the job in the project in memory: as deep as any `../` of an import is high. */
const jobFolder = "/a/b/c/d/e/f/g/h/job";

function newProject(): Project {
  const { ModuleKind, ModuleResolutionKind, Project, ScriptTarget } = morph();
  const project = new Project({
    useInMemoryFileSystem: true,
    compilerOptions: { strict: true, noUncheckedIndexedAccess: true, target: ScriptTarget.ES2022, lib: ["lib.es2022.d.ts"], module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler, allowImportingTsExtensions: true, noEmit: true, types: [] },
  });
  project.createSourceFile("/node_modules/sluice/runtime.d.ts", runtimeDeclarations);
  project.createSourceFile("/node_globals.d.ts", nodeGlobals);
  return project;
}
