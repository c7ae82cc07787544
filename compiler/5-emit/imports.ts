import { isIdentifier } from "../code/build.ts";
import type { Use } from "../code/code.ts";
import { quote } from "../code/literal.ts";
import { internalError } from "../diagnostics/internal-error.ts";

/** How an emitted module names the modules that it imports. */
export interface Specifiers {
  /** `runtime` → `../runtime/index.ts`, `runtime/connectors/file` → `../runtime/connectors/file.ts`. */
  readonly runtimeSpecifier: (entry: string) => string;
  /** From the specifier of a user's module as written in the job. */
  readonly userSpecifier?: (specifier: string) => string;
  readonly readerSpecifier?: string;
  readonly serializerSpecifier?: string;
}

/** Import lines: one a module, names sorted; the runtime first, then its sub-entries, the user's modules, the job's own files. */
export function imports(uses: readonly Use[], specifiers: Specifiers): string {
  const modules = new Map<string, Map<string, Use>>();
  for (const use of uses) {
    const names = modules.get(use.module) ?? new Map<string, Use>();
    names.set(`${use.name} ${use.as ?? ""}`, use);
    modules.set(use.module, names);
  }
  return [...modules]
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([module, names]) => importLine([...names.values()], specifierOf(module, specifiers)))
    .join("\n");
}

function rank(module: string): number {
  if (module === "runtime") return 0;
  if (module.startsWith("runtime/")) return 1;
  return module.startsWith("user:") ? 2 : 3;
}

function importLine(uses: readonly Use[], specifier: string): string {
  const names = [...uses].sort((a, b) => sortName(a).localeCompare(sortName(b), "en")).map(importedName);
  const line = `import { ${names.join(", ")} } from ${quote(specifier)};`;
  return line.length <= 120 ? line : `import {\n${names.map((name) => `  ${name},`).join("\n")}\n} from ${quote(specifier)};`;
}

/** An export may have any text for a name; then it is quoted. */
function importedName({ name, as }: Use): string {
  const imported = name.startsWith("type ") || isIdentifier(name) ? name : quote(name);
  return as === undefined ? imported : `${imported} as ${as}`;
}

function sortName(use: Use): string {
  return use.name.replace(/^type /, "");
}

function specifierOf(module: string, specifiers: Specifiers): string {
  const known =
    module.startsWith("user:") ? specifiers.userSpecifier?.(module.slice("user:".length))
    : module === "reader" ? specifiers.readerSpecifier
    : module === "serializer" ? specifiers.serializerSpecifier
    : specifiers.runtimeSpecifier(module);
  return known ?? internalError("E9008", `nothing is known of the module ${module}`);
}
