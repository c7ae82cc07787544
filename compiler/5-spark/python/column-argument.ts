import { pyCall, pyMethod, pyName, pyText, type Py } from "./py.ts";

/** A column by its name where a method of pyspark takes names: `"url"`, or quoted for Spark where dots and the like would be read otherwise. */
export function columnArgument(name: string): Py {
  return pyText(quoted(name));
}

/** `F.col("url")`. */
export function columnNamed(name: string): Py {
  return pyCall(pyName("F.col"), [columnArgument(name)]);
}

/** A column under a name: `"url"`, or `F.col("url").alias("address")` where that is another one. */
export function columnAs(name: string, as: string): Py {
  return name === as ? columnArgument(name) : pyMethod(columnNamed(name), "alias", [pyText(as)]);
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
