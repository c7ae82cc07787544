import type { Expr } from "../../../ir/expr/expr.ts";
import { durationWords } from "../../../ir/expr/duration-words.ts";
import { longType } from "../../../ir/types/data-type.ts";
import { type Py, pyBinary, pyCall, pyConstant, pyInt, pyMethod, pyName, pyText } from "../../python/py.ts";
import { literalOf } from "../literal-of.ts";
import { callFunction, constantText, operandAt } from "./call-function.ts";
import { type FunctionForm, type FunctionForms, pythonForms, sqlForms, type WritingServices } from "./function-form.ts";
import { dateFromText, readingDates } from "./warned.ts";

/** Dates, timestamps and durations. */
export const datetimeForms: FunctionForms = [
  ...pythonForms(
    "add_months/2 current_date/0 current_timestamp/0 current_timezone/0 date_format/2:1 date_from_unix_date/1 date_sub/2 date_trunc/2:0 dayname/1 dayofmonth/1 dayofweek/1 dayofyear/1",
    "from_unixtime/1-2:1 from_utc_timestamp/2 hour/1 last_day/1 make_date/3 make_dt_interval/0-4 minute/1 month/1 monthname/1 months_between/2-3:2 next_day/2:1 quarter/1 second/1 timestamp_micros/1",
    "timestamp_millis/1 timestamp_seconds/1 to_timestamp/1-2:1 to_unix_timestamp/1-2 to_utc_timestamp/2 trunc/2:1 try_to_timestamp/1-2 unix_date/1 unix_micros/1 unix_millis/1 unix_seconds/1",
    "unix_timestamp/0-2:1 weekday/1 weekofyear/1 year/1",
  ),
  ...readingDates(pythonForms("to_date/1-2:1 try_to_date/1-2:1")),
  ...sqlForms("make_timestamp"),
  ["date", {
    kind: "written",
    as: 'x.cast("date")',
    warns: ({ args: [arg] }) => (arg?.type.kind === "string" && arg.kind !== "Literal" ? dateFromText : undefined),
    write: (args, _call, { column }) => pyMethod(column(operandAt(args, 0)), "cast", [pyText("date")]),
  }],
  // Spark gives a byte for the hours and minutes of a duration.
  ["date_part", { kind: "written", as: 'F.date_part("hour", x)', write: (args, call, { column }) => {
    const part = pyCall(pyName("F.date_part"), args.map(column));
    return operandAt(args, 1).type.kind === "duration" && call.type.kind === "int" ? pyMethod(part, "cast", [pyText("int")]) : part;
  } }],
  // Spark gives a timestamp without a zone.
  ["convert_timezone", { kind: "written", as: 'F.call_function("convert_timezone", …).cast("timestamp")', write: (args, _call, { column }) => pyMethod(callFunction("convert_timezone", args.map(column)), "cast", [pyText("timestamp")]) }],
  ["date_add", { kind: "written", as: "F.date_add(d, n)", note: "a date beyond the range of an int wraps in Spark, where Sluice fails", write: (args, _call, services) => (args.length === 2 ? pyCall(pyName("F.date_add"), args.map(services.column)) : ofUnits("F.timestamp_add", args, services)) }],
  ["datediff", { kind: "written", as: "F.datediff(d, e)", write: (args, _call, services) => (args.length === 2 ? pyCall(pyName("F.datediff"), args.map(services.column)) : ofUnits("F.timestamp_diff", args, services)) }],
  ["timestampadd", { kind: "written", as: 'F.timestamp_add("MONTH", n, t)', write: (args, _call, services) => ofUnits("F.timestamp_add", args, services) }],
  ["timestampdiff", { kind: "written", as: 'F.timestamp_diff("HOUR", t, u)', write: (args, _call, services) => ofUnits("F.timestamp_diff", args, services) }],
  ["+ months", { kind: "written", as: "x + F.expr(\"INTERVAL '2' MONTH\")", write: (args, _call, { column }) => pyBinary("+", column(operandAt(args, 0)), pyCall(pyName("F.expr"), [pyText(`INTERVAL '${monthsOf(operandAt(args, 1))}' MONTH`)])) }],
  ["tumbling", windowValue()],
];

function monthsOf(expr: Expr): number {
  return expr.kind === "Literal" && typeof expr.value === "number" ? Math.trunc(expr.value) : 0;
}

/** The unit as Python's own text. */
function ofUnits(name: "F.timestamp_add" | "F.timestamp_diff", args: readonly Expr[], { column }: WritingServices): Py {
  return pyCall(pyName(name), [pyText((constantText(args[0]) ?? "").toUpperCase()), ...args.slice(1).map(column)]);
}

/**
 * A window as a value. `F.window` keeps event time, and leaves out rows whose time is null: so it is used where none is; elsewhere the
 * bounds are counted.
 */
function windowValue(): FunctionForm {
  return {
    kind: "written",
    as: 'F.window(t, "10 minutes")',
    write(args, _call, { column }) {
      const [time, length, offset] = [operandAt(args, 0), micros(operandAt(args, 1)), args[2] === undefined ? 0 : micros(args[2])];
      if (!time.nullable) {
        const size = pyText(durationWords(length));
        const shifted = ((offset % length) + length) % length;
        return pyCall(pyName("F.window"), [column(time), size, ...(shifted === 0 ? [] : [pyConstant(null), pyText(durationWords(shifted))])]);
      }
      const at = pyCall(pyName("F.unix_micros"), [column(time)]);
      const since = offset === 0 ? at : pyBinary("-", at, pyInt(offset));
      const start = pyBinary("-", at, pyCall(pyName("F.pmod"), [since, literalOf(length, longType)]));
      const bound = (value: Py, name: string): Py => pyMethod(pyCall(pyName("F.timestamp_micros"), [value]), "alias", [pyText(name)]);
      return pyCall(pyName("F.when"), [pyMethod(column(time), "isNotNull"), pyCall(pyName("F.struct"), [bound(start, "start"), bound(pyBinary("+", start, pyInt(length)), "end")])]);
    },
  };
}

function micros(expr: Expr): number {
  if (expr.kind === "Literal" && typeof expr.value === "number") return expr.value;
  throw new TypeError("the length of a window is no literal");
}
