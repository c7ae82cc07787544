/** What other languages open a statement with, and what stands for it here. */
const openings: Readonly<Record<string, string>> = {
  create: "a table or stream that is read is declared as `source NAME: TYPE from …` or `table NAME: TYPE from …`, what is computed as `stream NAME = …`",
  insert: "write `sink NAME = … into …`",
  with: "name the pipeline: `stream NAME = …`",
  let: "name a pipeline with `stream NAME = …`, a value with `param NAME: TYPE = …`",
  const: "name a pipeline with `stream NAME = …`, a value with `param NAME: TYPE = …`",
  var: "name a pipeline with `stream NAME = …`, a value with `param NAME: TYPE = …`",
  val: "name a pipeline with `stream NAME = …`, a value with `param NAME: TYPE = …`",
  function: "write the function in TypeScript and `import { f } from \"./f.ts\"`",
  export: "write what is to be exported in TypeScript and `import { f } from \"./f.ts\"`",
  def: "write the function in TypeScript and `import { f } from \"./f.ts\"`",
  type: "write `schema NAME { … }`",
  interface: "write `schema NAME { … }`",
  view: "write `stream NAME = …`",
  set: "write `option NAME = VALUE`",
};

/** The help for a word of another language at the start of a statement. */
export function openingHelp(word: string): string | undefined {
  const lower = word.toLowerCase();
  return Object.hasOwn(openings, lower) ? openings[lower] : undefined;
}
