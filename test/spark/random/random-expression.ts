import type { Dice } from "./dice.ts";
import { expressionForms } from "./expression-forms.ts";
import type { RandomColumn, ValueType } from "./random-column.ts";

const holes: Readonly<Record<string, ValueType>> = { s: "string", i: "int", l: "long", d: "double", p: "decimal", b: "boolean", D: "date", t: "timestamp", a: "texts", m: "counts", r: "place" };
const literals: Readonly<Partial<Record<ValueType, readonly [string, ...string[]]>>> = {
  int: ["0", "1", "2", "-3", "2147483647"],
  long: ["0", "5", "9223372036854775807"].map((text) => `cast(${text} as long)`) as [string, ...string[]],
  double: ["0e0", "1.5e0", "-0.25e0"],
  decimal: ["0.5", "10.25", "-1.125"],
  string: ['"a"', '"B"', '""', '"é日"', '"12"'],
  boolean: ["true", "false"],
  date: ['date "2024-02-29"', 'date "1969-12-31"'],
  timestamp: ['timestamp "2024-03-30 23:00:00Z"', 'timestamp "1969-12-31 23:59:59Z"'],
  texts: ['["a", "b,c"]'],
  counts: ['map("a", 1)'],
  place: ['{ city: "x", zone: 1 }'],
};

/** A random expression of a type over columns; undefined where there is none. */
export function randomExpression(dice: Dice, columns: readonly RandomColumn[], type: ValueType, depth: number): string {
  const fitting = columns.filter((column) => column.type === type).map(({ name }) => name);
  const forms = expressionForms[type];
  if (depth === 0 || forms === undefined || dice.once(5)) {
    const [first, ...others] = fitting;
    return first !== undefined && !dice.once(6) ? dice.of([first, ...others]) : dice.of(literals[type] ?? ["null"]);
  }
  return filled(dice, columns, dice.of(forms), depth);
}

/** A form with its holes filled. */
export function filled(dice: Dice, columns: readonly RandomColumn[], form: string, depth: number): string {
  return form.replaceAll(/\{([a-zA-Z])\}/g, (_, hole: string) => {
    if (hole === "I") return smallInt(dice, columns, depth - 1);
    if (hole === "q") return exactDouble(dice, columns, depth - 1);
    const text = randomExpression(dice, columns, holes[hole] ?? "other", Math.max(depth - 1 - dice.below(2), 0));
    return /^(?:[\w.]+|"[^"]*"|\w+\([^()]*\))$/.test(text) ? text : `(${text})`;
  });
}

/** One whose sums and products stay far from the bounds of an int. */
function smallInt(dice: Dice, columns: readonly RandomColumn[], depth: number): string {
  return dice.once(3) ? String(dice.below(4)) : `pmod(${randomExpression(dice, columns, "int", Math.max(depth, 0))}, ${2 + dice.below(5)})`;
}

/** One whose sum is the same in every order: a multiple of a quarter. */
function exactDouble(dice: Dice, columns: readonly RandomColumn[], depth: number): string {
  const exact = columns.find(({ name }) => name === "q" || name.endsWith(".q"));
  return exact !== undefined && !dice.once(3) ? exact.name : `cast(${smallInt(dice, columns, depth)} as double)`;
}
