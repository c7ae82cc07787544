import type { Call, ColumnId, Expr } from "../../../ir/expr/expr.ts";
import type { Py } from "../../python/py.ts";
import type { SparkContext } from "../../spark-context.ts";

/** What a form's own writer may ask for. */
export interface WritingServices {
  readonly context: SparkContext;
  readonly names: ReadonlyMap<ColumnId, string>;
  /** A Column of an expression, an operand of the call. */
  column(expr: Expr): Py;
  /** The operand as Python's own literal where it is one that pyspark takes for a literal of the operand's type; else a Column. */
  operand(expr: Expr): Py;
}

interface FormBase {
  /** What differs on Spark in cases that no job means (values beyond a type's range): for the table of coverage. */
  readonly note?: string;
  /** What differs on Spark for this call, told as W4120; undefined where nothing does. */
  readonly warns?: (call: Call) => string | undefined;
  /** Why this call cannot be carried over (E4121), and what runs instead; undefined where it can. */
  readonly refuses?: (call: Call) => Refusal | undefined;
  /** The arguments that are regular expressions: RE2's here, Java's there. */
  readonly patterns?: readonly number[];
}

/** A function of pyspark.sql.functions whose arguments are Columns, of so many at least and at most; those of `plain` are Python's own literals where constant. */
export interface PythonForm extends FormBase {
  readonly kind: "python";
  readonly name: string;
  readonly from: number;
  readonly upTo: number;
  readonly plain?: readonly number[];
}

/** `F.call_function("name", …)`: a function of Spark SQL that Python has not, or takes otherwise. */
export interface SqlForm extends FormBase {
  readonly kind: "sql";
  readonly name: string;
}

/** Written otherwise: `as` says how, for the table of coverage. */
export interface WrittenForm extends FormBase {
  readonly kind: "written";
  readonly as: string;
  readonly write: (args: readonly Expr[], call: Call, services: WritingServices) => Py;
}

/** Why something is not carried over, and what runs instead. */
export interface Refusal {
  readonly reason: string;
  readonly nearest: string;
}

/** A function that is never carried over. */
export interface RefusedForm extends Refusal {
  readonly kind: "refused";
}

/** How a built-in function of the catalogue is said to Spark. */
export type FunctionForm = PythonForm | SqlForm | WrittenForm | RefusedForm;

/** Functions, each by the name under which the catalogue holds it. */
export type FunctionForms = readonly (readonly [name: string, form: FunctionForm])[];

/** Functions that pyspark.sql.functions has by the same name: `name/n` takes n Columns, `name/n-m` n to m, `name/n-` n or more; `name/2:1` takes its argument 1 (from 0) plain where constant, `name/2~1` a regular expression there. */
export function pythonForms(...lines: readonly string[]): FunctionForms {
  return lines.join(" ").trim().split(/\s+/).map((word) => {
    const match = /^(\w+)\/(\d+)(-(\d*))?(?::([\d,]+))?(?:~([\d,]+))?$/.exec(word);
    if (match === null) throw new TypeError(`\`${word}\` is no form`);
    const [, name = "", from = "", range, to, plain, patterns] = match;
    const upTo = range === undefined ? Number(from) : to === undefined || to === "" ? Infinity : Number(to);
    return [name, { kind: "python", name, from: Number(from), upTo, ...(plain === undefined ? {} : { plain: plain.split(",").map(Number) }), ...(patterns === undefined ? {} : { patterns: patterns.split(",").map(Number) }) }];
  });
}

/** Functions that only Spark SQL has by the same name. */
export function sqlForms(names: string): FunctionForms {
  return names.split(" ").map((name) => [name, { kind: "sql", name }]);
}
