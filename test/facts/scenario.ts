import { type ExactJson, isJsonObject, parseExactJson } from "../../runtime/checkpoint/exact-json.ts";

/** What is done in a step. */
export type Action =
  | { readonly kind: "start"; readonly trigger: "default" | "availableNow" | "once" }
  /** Rows by source; a row is its values by position, or the one value of a source with one column. */
  | { readonly kind: "add"; readonly rows: ReadonlyMap<string, readonly ExactJson[]> }
  | { readonly kind: "stop" }
  | { readonly kind: "loseCommits"; readonly count: number };

/** A batch as Spark ran it. */
export interface ExpectedBatch {
  readonly id: number;
  /** Milliseconds; undefined where the scenario has none. */
  readonly watermark: number | undefined;
  readonly inputRows: number;
  readonly rows: readonly (readonly ExactJson[])[];
}

export interface Step {
  readonly action: Action;
  readonly batches: readonly ExpectedBatch[];
  /** Spark's error, where the step fails the query. */
  readonly error: string | undefined;
}

/** A scenario observed on Spark. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** Column names and Spark types by source, in order. */
  readonly sources: ReadonlyMap<string, readonly (readonly [name: string, type: string])[]>;
  /** Tables as Spark SQL: `select * from values (1,'one') as x(k,n)`. */
  readonly tables: ReadonlyMap<string, string>;
  /** Whether the order of the rows of a batch counts. */
  readonly ordered: boolean;
  readonly steps: readonly Step[];
}

/** Reads a file of scenarios. Integers keep their digits; a form that is none is a `TypeError` that names the scenario. */
export function readScenarios(text: string): readonly Scenario[] {
  const list = parseExactJson(text);
  if (!Array.isArray(list)) throw new TypeError("a file of scenarios is a list");
  return list.map(readScenario);
}

function readScenario(value: ExactJson): Scenario {
  const id = text(field(value, "id"), "a scenario without an id");
  try {
    return {
      id,
      title: text(field(value, "title") ?? "", "title"),
      sources: new Map(entries(field(value, "sources")).map(([name, source]) => [name, entries(field(source, "columns")).map(([column, type]) => [column, text(type, column)] as const)])),
      tables: new Map(entries(field(value, "tables")).map(([name, sql]) => [name, text(sql, name)])),
      ordered: field(value, "ordered") === true,
      steps: list(field(value, "steps")).map(readStep),
    };
  } catch (error) {
    throw new TypeError(`scenario ${id}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readStep(value: ExactJson): Step {
  const error = field(value, "error");
  return {
    action: readAction(field(value, "do")),
    batches: list(field(value, "batches") ?? []).map((batch) => {
      const watermark = field(batch, "wm");
      return {
        id: number(field(batch, "b"), "b"),
        watermark: watermark === undefined || watermark === null ? undefined : number(watermark, "wm"),
        inputRows: number(field(batch, "in"), "in"),
        rows: list(field(batch, "out") ?? []).map(list),
      };
    }),
    error: error === undefined || error === null ? undefined : text(error, "error"),
  };
}

function readAction(value: ExactJson | undefined): Action {
  const [[kind, given] = ["", null]] = entries(value);
  switch (kind) {
    case "start":
      if (given === "default" || given === "availableNow" || given === "once") return { kind, trigger: given };
      break;
    case "add": return { kind, rows: new Map(entries(given).map(([source, rows]) => [source, list(rows)])) };
    case "stop": return { kind };
    case "loseCommits": return { kind, count: number(given, kind) };
    default:
  }
  throw new TypeError(`there is no action ${kind} ${String(given)}`);
}

function field(value: ExactJson | undefined, name: string): ExactJson | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

function entries(value: ExactJson | undefined): readonly (readonly [string, ExactJson])[] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

function list(value: ExactJson | undefined): readonly ExactJson[] {
  if (Array.isArray(value)) return value;
  throw new TypeError("a list is missing");
}

function text(value: ExactJson | undefined, what: string): string {
  if (typeof value === "string") return value;
  throw new TypeError(`${what} is no text`);
}

function number(value: ExactJson | undefined, what: string): number {
  if (typeof value === "number") return value;
  throw new TypeError(`${what} is no number`);
}
