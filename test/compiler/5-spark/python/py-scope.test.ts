import { expect, it } from "vitest";
import { PyScope } from "../../../../compiler/5-spark/python/py-scope.ts";

it("names stay what they are where Python lets them", () => {
  const scope = new PyScope();
  expect(["weblogs", "url_ranks", "Straße", "3rd", "", "__init__", "a b"].map((name) => scope.name(name).text)).toEqual(["weblogs", "url_ranks", "Stra_e", "n3rd", "frame", "init", "a_b"]);
});

it("words of Python, built-in names and names in use get a digit", () => {
  const scope = new PyScope();
  expect(["class", "None", "sum", "F", "sluice", "rows", "x", "x"].map((name) => scope.name(name).text)).toEqual(["class_2", "None_2", "sum_2", "F_2", "sluice_2", "rows_2", "x", "x_2"]);
  expect(scope.child().name("x").text).toBe("x_3");
});
