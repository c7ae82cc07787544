/** The imports that the lines of a program need, sorted as PEP 8 asks. */
export function importLines(body: readonly string[]): readonly string[] {
  const code = body.map((line) => withoutTexts(line)).join("\n");
  const uses = (name: string): boolean => new RegExp(`(?<![\\w.])${name}\\b`).test(code);
  const standard = ["datetime", "decimal"].filter((name) => uses(`${name}\\.`)).map((name) => `import ${name}`);
  const spark = [...["DataFrame", "Window"].filter(uses), ...(uses("F") ? ["functions as F"] : []), ...(uses("T") ? ["types as T"] : [])];
  return [...standard, ...(standard.length === 0 ? [] : [""]), "import sluice_spark as sluice", ...(spark.length === 0 ? [] : [`from pyspark.sql import ${spark.join(", ")}`])];
}

/** A line without its quoted texts and comment. */
function withoutTexts(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/#.*$/, "");
}
