import { fileURLToPath } from "node:url";
import ts from "typescript";

const repository = fileURLToPath(new URL("../../", import.meta.url));

/** Where the files of `typedProgram` seem to lie. */
export const typedRoot = `${repository}generated/typed/`;

/** A TypeScript program of modules that are not on the disk, by their paths below `generated/typed/`, under the settings of `generated/`. */
export function typedProgram(modules: ReadonlyMap<string, string>): ts.Program {
  const config = ts.parseJsonConfigFileContent(ts.readConfigFile(`${repository}generated/tsconfig.json`, ts.sys.readFile).config, ts.sys, `${repository}generated`);
  const options = { ...config.options, noEmit: true };
  const files = new Map([...modules].map(([name, text]) => [typedRoot + name, text]));
  const folders = new Set([...files.keys()].map((path) => path.slice(0, path.lastIndexOf("/"))));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, directoryExists } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.directoryExists = (path) => folders.has(path) || `${path}/` === typedRoot || (directoryExists?.(path) ?? true);
  return ts.createProgram([...files.keys()].filter((path) => path.endsWith(".ts")), options, host);
}

/** What TypeScript finds wrong with modules, as texts that begin with their paths. */
export function typeErrors(modules: ReadonlyMap<string, string>, program: ts.Program = typedProgram(modules)): readonly string[] {
  return [...modules.keys()].flatMap((name) => {
    const file = program.getSourceFile(typedRoot + name);
    if (file === undefined) return [];
    return program.getSemanticDiagnostics(file).map((diagnostic) => `${name}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`);
  });
}
