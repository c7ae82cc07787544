import { Py, PyPrecedence, pyCall, pyName, pyText } from "./py.ts";

/** A column by its name where a method of pyspark takes names: `"url"`, or quoted for Spark where dots and the like would be read otherwise. */
export function columnArgument(name: string): Py {
  return pyText(quoted(name));
}

/** `F.col("url")`. */
export function columnNamed(name: string): Py {
  return pyCall(pyName("F.col"), [columnArgument(name)]);
}

/** A field of a column of records, `F.col("window.start")`. */
export function fieldOf(column: string, field: string): Py {
  return pyCall(pyName("F.col"), [fieldArgument(column, field)]);
}

/** The same where a method takes names: `"copy.sets"`; the result has the field's name. */
export function fieldArgument(column: string, field: string): Py {
  return pyText(`${quoted(column)}.${quoted(field)}`);
}

function quoted(name: string): string {
  return isPlain(name) ? name : `\`${name.replaceAll("`", "``")}\``;
}

function isPlain(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

/** `{ "a": x }`. */
export function pyDict(entries: readonly (readonly [name: string, value: Py])[]): Py {
  return new Py(`{${entries.map(([name, value]) => `${pyText(name).text}: ${value.within(PyPrecedence.lambda)}`).join(", ")}}`, PyPrecedence.primary);
}

/** `(a, b)`. */
export function pyTuple(items: readonly Py[]): Py {
  return new Py(`(${items.map((item) => item.within(PyPrecedence.lambda)).join(", ")}${items.length === 1 ? "," : ""})`, PyPrecedence.primary);
}
