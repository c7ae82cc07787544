import { builtInName } from "../../diagnostics/catalogue/names.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { UserFunctionRef } from "../../ir/expr/expr.ts";
import { aggregateNames, scalarNames } from "../../catalog/functions/registry.ts";
import type { Declarations } from "../declarations/declarations.ts";
import type { SourceFiles } from "../source-files.ts";
import { UserModules } from "./user-modules.ts";
import type { ReadSignature } from "./read-signature.ts";
import { readSignature } from "./read-signature.ts";

const specialForms: ReadonlySet<string> = new Set(["cast", "try_cast", "from_csv", "from_json", "env", "tumbling", "sliding", "session", "batches", "cube", "rollup"]);

/** The imported functions of a job. Modules are read when the job has imports, signatures when a function is called. */
export class UserFunctions {
  readonly #declarations: Declarations;
  readonly #modules: UserModules;
  readonly #report: (diagnostic: Diagnostic) => void;
  readonly #signatures = new Map<string, ReadSignature | undefined>();

  constructor(declarations: Declarations, files: SourceFiles, report: (diagnostic: Diagnostic) => void) {
    this.#declarations = declarations;
    this.#modules = new UserModules(files);
    this.#report = report;
  }

  /** Checks that every imported name is there, is a function and does not hide a built-in one. */
  check(): void {
    const builtIn = new Set([...scalarNames(), ...aggregateNames(), ...specialForms]);
    for (const imported of this.#declarations.functions.values()) {
      if (builtIn.has(imported.alias.text)) {
        this.#report(builtInName({ name: imported.alias.text }).at(imported.alias.span).helped(`import it under another name: \`${imported.name.text} as my_${imported.alias.text}\``));
      }
      this.#modules.find(imported, this.#report);
    }
  }

  /** The signature of a function under its name in the job; undefined where it cannot be called (and that is reported). */
  signature(name: string): ReadSignature | undefined {
    if (!this.#signatures.has(name)) {
      const imported = this.#declarations.functions.get(name);
      const found = imported === undefined ? undefined : this.#modules.find(imported, this.#report);
      this.#signatures.set(name, imported === undefined || found === undefined ? undefined : readSignature(imported, found, this.#report));
    }
    return this.#signatures.get(name);
  }

  /** The functions that expressions call, in the order of their imports. */
  get called(): readonly UserFunctionRef[] {
    return [...this.#declarations.functions.keys()].flatMap((name) => {
      const signature = this.#signatures.get(name);
      return signature === undefined ? [] : [signature.ref];
    });
  }
}
