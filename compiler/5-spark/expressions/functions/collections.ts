import type { Expr } from "../../../ir/expr/expr.ts";
import type { DataType } from "../../../ir/types/data-type.ts";
import { holdsKind } from "../../../ir/types/holds-kind.ts";
import { type Py, pyCall, pyConstant, pyDict, pyMethod, pyName, pyText, pyUnary } from "../../python/py.ts";
import { castTypeOf, nullableInside } from "../cast-type.ts";
import { ddlOf } from "../ddl-of.ts";
import { sparkTypeOf } from "../type-of.ts";
import { callFunction, constantText, operandAt } from "./call-function.ts";
import { type FunctionForms, pythonForms } from "./function-form.ts";

/** Arrays, maps, records, and their JSON and CSV texts. */
export const collectionForms: FunctionForms = [
  ...pythonForms(
    "array_append/2 array_compact/1 array_contains/2 array_distinct/1 array_except/2 array_insert/3 array_intersect/2 array_join/2-3:1,2 array_max/1 array_min/1 array_position/2 array_prepend/2",
    "array_remove/2 array_repeat/2 array_size/1 array_sort/1 arrays_overlap/2 array_union/2 flatten/1 get_json_object/2:1 json_array_length/1 json_object_keys/1 map_concat/1- map_contains_key/2",
    "map_entries/1 map_from_arrays/2 map_from_entries/1 map_keys/1 map_values/1 sequence/2-3 slice/3 str_to_map/1-3~1,2 try_element_at/2 element_at/2 get/2 size/1",
  ),
  // Spark takes the direction as a constant only.
  ["sort_array", {
    kind: "written",
    as: "F.sort_array(a, False)",
    write(args, _call, { column }) {
      const [array, direction] = [column(operandAt(args, 0)), args[1]];
      const sorted = (...ascending: readonly boolean[]): Py => pyCall(pyName("F.sort_array"), [array, ...ascending.map(pyConstant)]);
      if (direction === undefined) return sorted();
      if (direction.kind === "Literal" && typeof direction.value === "boolean") return sorted(direction.value);
      const ascending = column(direction);
      return pyMethod(pyCall(pyName("F.when"), [ascending, sorted(true)]), "when", [pyUnary("~", ascending), sorted(false)]);
    },
  }],
  ["array", { kind: "written", as: "F.array(a, b)", write: (args, { type }, { column }) => cast(pyCall(pyName("F.array"), args.map(column)), type, args.length === 0) }],
  ["map", { kind: "written", as: "F.create_map(k, v)", write: (args, { type }, { column }) => cast(pyCall(pyName("F.create_map"), args.map(column)), type, args.length === 0) }],
  ["struct", { kind: "written", as: 'F.struct(x.alias("a"))', write: (args, { type }, { column }) => recordOf(args, type, column) }],
  ["named_struct", { kind: "written", as: 'F.struct(x.alias("a"))', write: (args, { type }, { column }) => recordOf(args.filter((_arg, at) => at % 2 === 1), type, column) }],
  // Spark calls the fields after columns or by number; those of the plan may have other names.
  ["arrays_zip", { kind: "written", as: "F.arrays_zip(a, b).cast(…)", write: (args, { type }, { column }) => cast(pyCall(pyName("F.arrays_zip"), args.map(column)), type, true) }],
  ["from_json", {
    kind: "written",
    as: "F.from_json(text, T.StructType([…]), {…})",
    warns: ({ type }) => `Spark passes over what stands behind a complete JSON text, where for Sluice the whole text does not fit${holdsKind(type, maps) ? ", and keeps all of equal keys in a map, of which the last counts in Sluice" : ""}`,
    write: (args, { type }, { column }) => pyCall(pyName("F.from_json"), [column(operandAt(args, 0)), sparkTypeOf(nullableInside(type)), ...optionsOf(args)]),
  }],
  ["from_csv", {
    kind: "written",
    as: 'F.from_csv(text, "a int, …", {…})',
    write: (args, { type }, { column }) => pyCall(pyName("F.from_csv"), [column(operandAt(args, 0)), pyText(ddlOf(type.kind === "record" ? type.fields : [])), csvOptionsOf(args)]),
  }],
  ["to_json", {
    kind: "written",
    as: "F.to_json(x, {…})",
    warns: ({ args }) => (args[0] !== undefined && holdsKind(args[0].type, durations) ? "Spark writes durations as `INTERVAL '1 00:00:00' DAY TO SECOND` in JSON, Sluice in ISO-8601's form (`P1D`)" : undefined),
    write: (args, _call, { column }) => pyCall(pyName("F.to_json"), [column(operandAt(args, 0)), ...optionsOf(args)]),
  }],
];

const maps: ReadonlySet<DataType["kind"]> = new Set(["map"]);

/** Stands for the null of CSV where the empty text is a value, as in sluice_spark.py. */
const noText = "\ue000";

const durations: ReadonlySet<DataType["kind"]> = new Set(["duration"]);

function recordOf(values: readonly Expr[], type: DataType, column: (expr: Expr) => Py): Py {
  const fields = type.kind === "record" ? type.fields : [];
  return pyCall(pyName("F.struct"), values.map((value, at) => pyMethod(column(value), "alias", [pyText(fields[at]?.name ?? `col${at + 1}`)])));
}

function cast(value: Py, type: DataType, isNeeded: boolean): Py {
  return isNeeded ? pyMethod(value, "cast", [castTypeOf(type)]) : value;
}

/** Options, a name before each value, as a dictionary of texts; none where there are none. */
function optionsOf(args: readonly Expr[]): readonly Py[] {
  const entries = args.slice(1).flatMap((arg, at, all): readonly (readonly [string, Py])[] => {
    const value = all[at + 1];
    return at % 2 === 1 || value?.kind !== "Literal" ? [] : [[constantText(arg) ?? "", pyText(String(value.value))]];
  });
  return entries.length === 0 ? [] : [pyDict(entries)];
}

/** Options of CSV under Spark's names, with the escape of RFC 4180 where none is written, and an empty text that is no null unless the options say so. */
function csvOptionsOf(args: readonly Expr[]): Py {
  const given = new Map(
    args.slice(1).flatMap((arg, at, all): readonly (readonly [string, string])[] => {
      const value = all[at + 1];
      const name = constantText(arg) ?? "";
      return at % 2 === 1 || value?.kind !== "Literal" ? [] : [[name === "separator" ? "sep" : name, String(value.value)]];
    }),
  );
  const takesEmpty = (given.get("nullValue") ?? "") === "" && !given.has("emptyValue") && given.get("emptyAsNull") !== "true";
  given.delete("emptyAsNull");
  const whole = new Map([...(given.has("escape") ? [] : [["escape", '"'] as const]), ...given, ...(takesEmpty ? [["nullValue", noText] as const] : [])]);
  return pyDict([...whole].map(([name, value]) => [name, pyText(value)]));
}

/** Functions of two forms in Python, one of them with a text or number before the Column. */
export const eitherForms: FunctionForms = [
  ...(["trim", "ltrim", "rtrim"] as const).map((name): FunctionForms[number] => [
    name,
    { kind: "written", as: `F.${name}(x)`, write: (args, _call, { column }) => (args.length === 1 ? pyCall(pyName(`F.${name}`), args.map(column)) : callFunction(name, args.map(column))) },
  ]),
];
