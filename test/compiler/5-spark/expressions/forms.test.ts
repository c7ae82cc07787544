import { expect, it } from "vitest";
import { aggregateForms } from "../../../../compiler/5-spark/expressions/aggregates/registry.ts";
import { functionForms } from "../../../../compiler/5-spark/expressions/functions/registry.ts";
import { aggregateFunctions } from "../../../../compiler/catalog/functions/aggregate/list.ts";
import { collectionFunctions } from "../../../../compiler/catalog/functions/scalar/list-collections.ts";
import { datetimeFunctions } from "../../../../compiler/catalog/functions/scalar/list-datetime.ts";
import { mathsFunctions } from "../../../../compiler/catalog/functions/scalar/list-maths.ts";
import { operatorsAndMath } from "../../../../compiler/catalog/functions/scalar/list-operators.ts";
import { stringFunctions } from "../../../../compiler/catalog/functions/scalar/list-strings.ts";
import { textAndTimeFunctions } from "../../../../compiler/catalog/functions/scalar/list-text-time.ts";

it("says of every function of the catalogue once how Spark is told it, and of no other", () => {
  const functions = [...operatorsAndMath, ...collectionFunctions, ...datetimeFunctions, ...mathsFunctions, ...stringFunctions, ...textAndTimeFunctions];
  expect(functionForms.map(([name]) => name).sort()).toEqual(functions.map(({ name }) => name).sort());
});

it("says the same of every aggregate", () => {
  expect(aggregateForms.map(([name]) => name).sort()).toEqual(aggregateFunctions.map(({ name }) => name).sort());
});
