import { expect, it } from "vitest";
import { viewClasses } from "../../../runtime/operators/view-classes.ts";

class View {
  readonly #values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    this.#values = values;
  }

  static value(view: View, column: number): unknown {
    return view.#values[column];
  }
}

const classOf = viewClasses(() => class extends View {}, View.value);

it("gives views an accessor for each column, under whatever name", () => {
  const names = ["a", "b c", "__proto__", "constructor", "toString", "0"];
  const view = new (classOf(names))([1, "two", null, 4n, true, 6]);
  expect(names.map((name) => Reflect.get(view, name))).toEqual([1, "two", null, 4n, true, 6]);
});

it("gives one class for the same names, and another for others or another order", () => {
  const own = classOf(["x", "y"]);
  expect(classOf(["x", "y"])).toBe(own);
  expect(new Set([own, classOf(["y", "x"]), classOf(["x"]), classOf(["x", "y", "z"]), classOf(['x","y'])]).size).toBe(5);
  expect([new own([1, 2]), new (classOf(["y", "x"]))([1, 2])].map((view) => Reflect.get(view, "x"))).toEqual([1, 2]);
});
