import type { Node } from "ts-morph";
import { brokenModule, doubtfulTypes } from "../../diagnostics/catalogue/imports.ts";
import { builtInName } from "../../diagnostics/catalogue/names.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ImportedRef } from "../../ir/expr/expr.ts";
import { aggregateNames, scalarNames } from "../../catalog/functions/registry.ts";
import type { Span } from "../../source/span.ts";
import type { Declarations, ImportedName } from "../declarations/declarations.ts";
import type { SourceFiles } from "../source-files.ts";
import { UserModules } from "./user-modules.ts";
import { looksLikeAggregate, readAggregate, type ReadAggregate } from "./read-aggregate.ts";
import type { ReadSignature, SignatureUse } from "./read-signature.ts";
import { readSignature } from "./read-signature.ts";
import type { RepeatUse } from "./report-unrepeatable.ts";
import { reportUnrepeatable } from "./report-unrepeatable.ts";

const specialForms: ReadonlySet<string> = new Set(["cast", "try_cast", "from_csv", "from_json", "env", "tumbling", "sliding", "session", "batches", "cube", "rollup"]);

/** How many problems of one module are told: the others often follow from the first. */
const mostProblems = 5;

/** An imported name with what it stands for. */
export interface ImportedValue {
  readonly imported: ImportedName;
  readonly node: Node;
}

/** The imported functions of a job. Modules are read when the job has imports, signatures when a function is called. */
export class UserFunctions {
  readonly #declarations: Declarations;
  readonly #modules: UserModules;
  readonly #report: (diagnostic: Diagnostic) => void;
  readonly #signatures = new Map<string, ReadSignature | undefined>();
  readonly #aggregates = new Map<string, ReadAggregate | undefined>();
  readonly #refs = new Map<string, ImportedRef>();
  readonly #repeats = new Set<string>();
  /** Packages that have their warning. */
  readonly #packages = new Set<string>();
  /** By the specifiers of imports, whether their modules can be loaded. */
  readonly #sound = new Map<string, boolean>();
  /** Paths of modules whose problems are reported. */
  readonly #reported = new Set<string>();

  constructor(declarations: Declarations, files: SourceFiles, report: (diagnostic: Diagnostic) => void) {
    this.#declarations = declarations;
    this.#modules = new UserModules(files);
    this.#report = report;
  }

  /** Checks that every imported name is there, is a function or an object (an aggregate, a writer), and is not called where a built-in function has its name. `calls`: the names that the job calls in expressions. */
  check(calls: ReadonlyMap<string, Span>): void {
    this.#modules.load([...this.#declarations.functions.values()].map(({ statement }) => statement.from.value));
    const builtIn = new Set([...scalarNames(), ...aggregateNames(), ...specialForms]);
    for (const imported of this.#declarations.functions.values()) {
      const called = builtIn.has(imported.alias.text) ? calls.get(imported.alias.text) : undefined;
      if (called !== undefined) {
        this.#report(builtInName({ name: imported.alias.text }).at(imported.alias.span).also(called, "called here").helped(`import it under another name: \`${imported.name.text} as my_${imported.alias.text}\``));
      }
      if (!this.#isSound(imported, "syntax")) continue;
      const node = this.#modules.exported(imported, this.#report);
      if (node?.getType().isObject() === false) this.#modules.find(imported, this.#report);
    }
  }

  /** Whether the module of an import can be loaded; what is wrong in it and in those that it imports is reported, each once. */
  #isSound({ statement }: ImportedName, how: "syntax" | "types"): boolean {
    const key = `${how} ${statement.from.value}`;
    const known = how === "types" && this.#sound.get(`syntax ${statement.from.value}`) === false ? false : this.#sound.get(key);
    if (known !== undefined) return known;
    const problems = this.#modules.problems(statement.from.value, how);
    for (const { path, errors, doubts } of problems) {
      if ((errors.length === 0 && doubts.length === 0) || this.#reported.has(path)) continue;
      this.#reported.add(path);
      for (const { message, place } of errors.slice(0, mostProblems)) {
        this.#report(brokenModule({ from: statement.from.value, message }).at(statement.from.span).also(place.span, "here", place.file).helped("mend it; `tsc --noEmit` says the same"));
      }
      for (const { message, place } of doubts.slice(0, mostProblems)) {
        this.#report(doubtfulTypes({ from: statement.from.value, message }).at(statement.from.span).also(place.span, "here", place.file).helped("mend it: a value that is not of its declared type stops the query where it crosses to a column"));
      }
    }
    const isSound = problems.every(({ errors }) => errors.length === 0);
    this.#sound.set(key, isSound);
    return isSound;
  }

  /** Whether a name of the job is that of an imported aggregate, be it a sound one. */
  isAggregate(name: string): boolean {
    const imported = this.#declarations.functions.get(name);
    const node = imported === undefined ? undefined : this.#modules.exported(imported, () => undefined);
    return node !== undefined && looksLikeAggregate(node);
  }

  /** The aggregate under a name in the job; undefined where it cannot be called (and that is reported). */
  aggregate(name: string): ReadAggregate | undefined {
    if (!this.#aggregates.has(name)) {
      const imported = this.#declarations.functions.get(name);
      const node = imported === undefined || !this.#isSound(imported, "types") ? undefined : this.#modules.exported(imported, this.#report);
      this.#aggregates.set(name, imported === undefined || node === undefined ? undefined : readAggregate(imported, node, this.#report));
    }
    return this.#aggregates.get(name);
  }

  /** The signature of a function under its name in the job, as it is used; undefined where it cannot be called so (and that is reported). */
  signature(name: string, use: SignatureUse = { results: "value", promises: false }): ReadSignature | undefined {
    const key = `${use.results} ${use.promises ? "awaited " : ""}${name}`;
    if (!this.#signatures.has(key)) {
      const imported = this.#declarations.functions.get(name);
      const found = imported === undefined || !this.#isSound(imported, "types") ? undefined : this.#modules.find(imported, this.#report);
      const signature = imported === undefined || found === undefined ? undefined : readSignature(imported, found, use, this.#report);
      this.#signatures.set(key, signature);
      if (signature !== undefined) this.#refs.set(name, signature.ref);
    }
    return this.#signatures.get(key);
  }

  /** What an imported name of the job stands for, a function or an object; undefined where there is none (and that is reported). */
  imported(name: string): ImportedValue | undefined {
    const imported = this.#declarations.functions.get(name);
    const node = imported === undefined || !this.#isSound(imported, "types") ? undefined : this.#modules.exported(imported, this.#report);
    return imported === undefined || node === undefined ? undefined : { imported, node };
  }

  /** Takes an import into the emitted module that is read in another way than by `signature` or `aggregate`. */
  use(ref: ImportedRef): void {
    this.#refs.set(ref.name, ref);
  }

  /** Reports what keeps a function, or the members of an object, from giving the same rows when a batch is run again. `at`: where the job uses it. Once for each name and use. */
  checkRepeats(name: string, nodes: readonly Node[], at: Span, use: RepeatUse = "step"): void {
    if (this.#repeats.has(`${use} ${name}`)) return;
    this.#repeats.add(`${use} ${name}`);
    reportUnrepeatable(name, nodes, at, use, this.#packages, this.#report);
  }

  /** The functions that expressions call, and the aggregates, in the order of their imports. */
  get called(): readonly ImportedRef[] {
    return [...this.#declarations.functions.keys()].flatMap((name) => {
      const ref = this.#refs.get(name) ?? this.#aggregates.get(name)?.ref;
      return ref === undefined ? [] : [ref];
    });
  }
}
