import { foldConstants } from "../../../../compiler/3-optimize/rules/fold-constants.ts";
import { caseWhen, cast, paramRef } from "../../../../compiler/ir/expr/index.ts";
import { booleanType, intType, stringType, timestampType } from "../../../../compiler/ir/types/data-type.ts";
import { agg, fn, imported, lit, litOf } from "../../../support/plan-builder.ts";
import { ruleSample } from "../../../support/rule-sample.ts";

const holds = () => fn("=", fn("+", lit(1), lit(2)), lit(3));
const never = () => fn("<", lit(2), lit(1));

ruleSample(foldConstants, [
  {
    name: "arithmetic, text and casts",
    plan: (clicks) =>
      clicks.select(
        { sum: () => fn("+", lit(1), fn("*", lit(2), lit(3))) },
        { text: () => fn("||", lit("a"), fn("upper", lit("b"))) },
        { number: () => cast(lit("12"), intType, false) },
        { day: () => cast(lit("2024-03-01T00:00:00Z"), timestampType, false) },
        { scaled: (row) => fn("*", row("score"), fn("-", lit(7), lit(5))) },
      ),
  },
  {
    name: "what holds always is no conjunct",
    plan: (clicks) => clicks.where((row) => fn("and", holds(), fn("=", row("kind"), lit("view")))),
  },
  {
    name: "a filter that holds always goes",
    plan: (clicks) => clicks.where(holds),
  },
  {
    name: "a filter that never holds stays",
    plan: (clicks) => clicks.where((row) => fn("and", fn("=", row("kind"), lit("view")), never())),
  },
  {
    name: "what coalesce never reaches",
    plan: (clicks) =>
      clicks.select({ first: (row) => fn("coalesce", row("user"), row("kind"), lit("none")) }, { known: (row) => fn("coalesce", row("kind"), row("user")) }, { some: (row) => fn("coalesce", litOf(null, stringType), row("user")) }),
  },
  {
    name: "or",
    plan: (clicks) => clicks.select({ some: (row) => fn("or", never(), fn("=", row("user"), lit("ana"))) }, { all: (row) => fn("or", fn("=", row("user"), lit("ana")), holds()) }),
  },
  {
    name: "a column that is never null",
    plan: (clicks) => clicks.where((row) => fn("is not null", row("kind"))).select({ missing: (row) => fn("is null", row("kind")) }),
  },
  {
    name: "clauses that are never or always taken",
    plan: (clicks) =>
      clicks.select(
        { first: (row) => caseWhen([{ when: never(), then: lit("x") }, { when: fn("=", row("user"), lit("ana")), then: lit("a") }, { when: holds(), then: lit("b") }], lit("c"), stringType) },
        { second: (row) => caseWhen([{ when: never(), then: lit("x") }], fn("lower", row("user")), stringType) },
        { none: () => caseWhen([{ when: never(), then: lit("x") }], undefined, stringType) },
      ),
  },
  {
    name: "a condition inside an aggregate",
    plan: (clicks) => clicks.aggregate({ all: () => agg("count", [], holds()), some: (row) => agg("sum", [row("score")], fn("and", holds(), fn("=", row("kind"), lit("view")))) }, ["kind"]),
  },
  {
    name: "null and true is null, not false",
    plan: (clicks) => clicks.select({ unknown: () => fn("and", cast(nullText(), booleanType, false), holds()) }),
  },
  {
    name: "what any null makes null, and what a null does not decide",
    plan: (clicks) =>
      clicks
        .where((row) => fn("=", row("kind"), nullText()))
        .select({ sum: (row) => fn("+", row("score"), cast(nullText(), intType, false)) }, { kept: (row) => fn("coalesce", nullText(), row("kind")) }),
  },
  {
    name: "a constant that fails stays for the rows that reach it",
    unchanged: true,
    plan: (clicks) =>
      clicks.select({ broken: (row) => caseWhen([{ when: fn("=", row("kind"), lit("odd")), then: cast(lit("twelve"), intType, false) }], row("score"), intType) }),
  },
  {
    name: "an imported function is not called by the compiler",
    unchanged: true,
    plan: (clicks) => clicks.select({ url: () => imported("contentPath", lit("/index.html")) }),
  },
  {
    name: "a clock and a param have no value yet",
    unchanged: true,
    plan: (clicks) => clicks.select({ now: () => fn("current_timestamp") }, { twice: () => fn("*", paramRef("count", intType, false), paramRef("count", intType, false)) }),
  },
  {
    name: "an expression does not turn into the event time",
    unchanged: true,
    plan: (clicks) => clicks.watermark("at").select({ moment: (row) => caseWhen([{ when: lit(true), then: row("at") }], undefined, timestampType) }),
  },
]);

function nullText() {
  return fn("nullif", lit("true"), lit("true"));
}
