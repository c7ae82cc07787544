/** Places of a job in which a user's text stands. */
export const positions = [
  "imported name", "import alias", "import path", "param", "param default", "variable", "schema", "column", "column in a star", "nested field", "json key", "source", "source path", "table", "window", "stream", "alias",
  "compared literal", "selected literal", "case literal", "like pattern", "date pattern", "query", "sink path", "checkpoint", "operator", "side output", "aggregate", "computed column", "record field", "job file",
] as const;

export type Position = (typeof positions)[number];

/** A job with a text at one position and plain ones everywhere else. */
export interface HostileJob {
  /** The path of the job's file. */
  readonly path: string;
  readonly text: string;
  /** The module that it imports. */
  readonly userModule: string;
}

/** A job that has the text at this position; undefined where the language cannot say it there. */
export function jobWith(position: Position, text: string): HostileJob | undefined {
  if (isName(position) && (text === "" || /[\n\r]/.test(text))) return undefined;
  if (position === "column in a star") return starJob(text);
  if (position === "job file" && (/[/\0]/.test(text) || text === "" || text.length > 200)) return undefined;
  const name = (place: Position, plain: string): string => (place === position ? nameOf(text) : plain);
  const literal = (place: Position, plain: string): string => literalOf(place === position ? text : plain);
  const exported = position === "imported name" ? `export { weigh as ${JSON.stringify(text)} };\n` : "export { weigh };\n";
  const imports = isImport(position);
  const column = name("column", "place");
  const stream = name("stream", "visits");
  return {
    path: position === "job file" ? `${text}.sluice` : "job.sluice",
    userModule: `function weigh(text: string | null, size: bigint): bigint | null {\n  return text === null ? null : size + BigInt(text.length);\n}\n${exported}`,
    text: `${imports ? `import { ${name("imported name", "weigh")} as ${name("import alias", "heft")} } from ${literalOf(position === "import path" ? `./${text}.ts` : "./user.ts")}` : ""}
param ${name("param", "wanted")}: string = ${literal("param default", "no place")}
param least: long = 0
param home: string = env(${literal("variable", "HOME_PAGE")}, "home")
schema ${name("schema", "Visit")} {
  ${position === "json key" ? literalOf(text) : '"some key"'}: long?
  ${column}: string?
  size: long
  at: timestamp
  inner: { ${name("nested field", "deep")}: string?, w: double? }?
}
source ${name("source", "log")}: ${name("schema", "Visit")} from file(${literal("source path", "in")}, format: "json", maxFilesPerTrigger: 1, malformed: ${name("side output", "bad")})
table ${name("table", "labels")}: { label: string, named: string? } from file("labels", format: "json")
window ${name("window", "five")} = tumbling(at, 5 minutes)
stream ${stream} =
  ${name("source", "log")} as ${name("alias", "l")}
  |> where ${name("alias", "l")}.${column} <> ${literal("compared literal", "nowhere")} or ${column} is null
  |> extend
       ${imports ? `${name("import alias", "heft")}(${column}, size)` : "size * 2"} as heavy,
       ${literal("selected literal", "said")} as said,
       case when size > 3 then ${literal("case literal", "large")} else ${column} end as ${name("computed column", "made")},
       { ${name("record field", "part")}: ${column}, s: size } as boxed
sink ${name("query", "copies")} =
  ${stream}
  |> join left ${name("table", "labels")} as other on ${column} = other.named
  |> where ${column} like ${literal("like pattern", "%")} or other.label is null
  |> select ${column}, ${name("computed column", "made")}, said, heavy, size, inner.${name("nested field", "deep")} as deepest, inner, boxed, label
  into file(${literal("sink path", "out")}, format: "json")
sink totals =
  ${stream}
  |> aggregate count() as n, sum(size) as ${name("aggregate", "total")}, max(said) as said group by ${column}, ${name("window", "five")} named ${name("operator", "sums")}
  |> order by ${column} desc
  into memory()
  mode complete
  checkpoint ${literal("checkpoint", "checkpoints/totals")}
sink latest =
  ${stream}
  |> aggregate max(date_format(at, ${literalOf(position === "date pattern" ? `'${text.replaceAll("'", "''")}'` : "yyyy")})) as year, sum(heavy) as heft group by ${column}
  |> where heft > least and (${column} <> ${name("param", "wanted")} or ${column} is null) and home is not null
  into memory()
  mode update
sink ${name("side output", "bad")} into file("bad", format: "json")
`,
  };
}

/** Columns with line ends in their names can be declared, but named nowhere. */
function starJob(text: string): HostileJob {
  return {
    path: "job.sluice",
    userModule: "",
    text: `
table log: { ${literalOf(text)}: string?, inner: { ${literalOf(text)}: string? }, size: long } from file("in", format: "json")
sink copies = log |> where size >= 0 into file("out", format: "json")
sink ordered = log |> order by size into memory()
`,
  };
}

/** Whether the text stands in the job's import; only then it has one, because reading a module takes longer than all else. */
export function isImport(position: Position): boolean {
  return position.startsWith("import");
}

function isName(position: Position): boolean {
  return !/literal|path|star|pattern|default|variable|checkpoint|json key|job file/.test(position);
}

function nameOf(text: string): string {
  return `\`${text.replaceAll("`", "``")}\``;
}

/** A string of the language: everything that is no printable ASCII as an escape. */
function literalOf(text: string): string {
  const inner = text.replace(/["\\]/g, "\\$&").replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `"${inner}"`;
}
