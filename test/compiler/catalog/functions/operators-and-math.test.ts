import { expect, it } from "vitest";
import { askDirectly, functionFacts } from "../../../facts/ask-directly.ts";
import { deviationOf } from "../../../facts/deviations.ts";

const names = [
  "+", "-", "*", "/", "%", "unary -", "decimal arithmetic", "literal", "=", "<=>", "<", "<=", ">", ">=", "!=", "in", "not in", "between", "not", "and", "or",
  "and (error side)", "or (error side)", "is null", "is not null", "isnull", "isnotnull", "is true", "is distinct from", "case", "if", "coalesce", "nvl", "ifnull", "nullif", "cast",
  "try_cast", "abs", "round", "floor", "ceil", "ceiling", "timestamp", "date", "timestamp + interval", "timestamp - interval", "date + interval", "timestamp - timestamp", "date + int",
  "date - date", "interval arithmetic", "interval * num", "interval / num", "interval compare",
];
/** A literal is not the catalogue's: the checker refuses a double that is out of range. */
const elsewhere: ReadonlySet<string> = new Set(["1e400D"]);

it.each(names)("%s answers as Spark does", (name) => {
  const facts = functionFacts([name]).filter((fact) => !elsewhere.has(fact.sql));
  expect(facts.length).toBeGreaterThan(0);
  const differences = facts.flatMap((fact) => {
    const verdict = askDirectly(fact);
    return verdict.kind === "differs" && deviationOf(fact, verdict.answer) === undefined ? [`${fact.sql}: ${verdict.answer}`] : [];
  });
  expect(differences).toEqual([]);
});

it("asks most of the facts", () => {
  const verdicts = functionFacts(names).map((fact) => askDirectly(fact).kind);
  expect(verdicts.filter((kind) => kind === "agrees").length).toBeGreaterThan(2400);
});
