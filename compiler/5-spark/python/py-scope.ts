import { pyName, type Py } from "./py.ts";

/** Words of Python, built-in names that a program may use, and the names that every program has. */
const reserved: ReadonlySet<string> = new Set(
  ("False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return " +
    "try while with yield match case type print abs all any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate eval exec " +
    "filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow property " +
    "range repr reversed round set setattr slice sorted staticmethod str sum super tuple vars zip Exception " +
    "sluice sluice_spark pyspark datetime decimal DataFrame Window F T JOB QUERIES FUNCTIONS run rows copy").split(" "),
);

/** Hands out names of variables and functions: the user's own where it can be one, with a digit added on collision. */
export class PyScope {
  readonly #taken: Set<string>;
  readonly #parent: PyScope | undefined;

  constructor(taken: Iterable<string> = [], parent?: PyScope) {
    this.#taken = new Set(taken);
    this.#parent = parent;
  }

  child(): PyScope {
    return new PyScope([], this);
  }

  has(name: string): boolean {
    return reserved.has(name) || this.#taken.has(name) || (this.#parent?.has(name) ?? false);
  }

  /** A fresh name as near to `hint` as can be. */
  name(hint: string): Py {
    const base = pythonNameFrom(hint);
    let name = base;
    for (let n = 2; this.has(name); n++) name = `${base}_${n}`;
    this.#taken.add(name);
    return pyName(name);
  }
}

/** Turns any text into a name: other characters become underscores. */
function pythonNameFrom(text: string): string {
  const words = text.split(/[^A-Za-z0-9_]+/).filter((word) => word !== "");
  // Two underscores at an end mean something in Python.
  const joined = words.join("_").replace(/^_+|_+$/g, "").slice(0, 60);
  if (joined === "") return "frame";
  return /^[0-9]/.test(joined) ? `n${joined}` : joined;
}
