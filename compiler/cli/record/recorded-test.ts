import { isJsonObject, parseExactJson, type ExactJson } from "../../../runtime/checkpoint/exact-json.ts";
import type { RecordedInputs } from "./recorded-inputs.ts";

/** What a recorded test is made of. */
export interface Recording {
  /** How the test imports the emitted module. */
  readonly module: string;
  /** What it was recorded from, for its head line. */
  readonly capture: string;
  readonly params: ReadonlyMap<string, string>;
  /** The queries that were captured, where the job has others too. */
  readonly queries: readonly string[] | undefined;
  readonly inputs: RecordedInputs;
  /** Whether the run declared its input to be at its end. */
  readonly isDrained: boolean;
  /** The result of each sink: JSON texts of rows. */
  readonly results: readonly { readonly sink: string; readonly rows: readonly string[] }[];
}

/** The text of a test that runs a job over its recorded inputs and expects what was captured. */
export function recordedTest({ module, capture, params, queries, inputs, isDrained, results }: Recording): string {
  const options = [
    ...(params.size === 0 ? [] : [`params: { ${[...params].map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(", ")} }`]),
    ...(queries === undefined ? [] : [`queries: ${JSON.stringify(queries)}`]),
    ...(inputs.fromFiles.length === 0 ? [] : [`ownConnectors: ${JSON.stringify(inputs.fromFiles)}`]),
    ...(inputs.files.length === 0 ? [] : [filesText(inputs.files)]),
  ];
  const lines = [
    'import { testJob } from "sluice/testing";',
    'import { expect, it } from "vitest";',
    `import { job } from ${JSON.stringify(module)};`,
    "",
    `it(${JSON.stringify(`gives what ${capture} holds`)}, async () => {`,
    `  const kit = testJob(job${options.length === 0 ? "" : `, {\n${options.map((option) => `    ${option},\n`).join("")}  }`});`,
    ...inputs.fromElsewhere.map((source) => `  // A capture has no inputs: kit.add(${JSON.stringify(source)}, [rows of the run]);`),
    isDrained ? "  await kit.drain();" : "  await kit.step();",
    ...results.map(({ sink, rows }) => `  expect(kit.rows(${JSON.stringify(sink)})).toEqual([${rows.length === 0 ? "" : `\n${rows.map((row) => `    ${literal(parseExactJson(row))},\n`).join("")}  `}]);`),
    ...(isDrained ? [] : ["  await kit.stop();"]),
    "});",
  ];
  return `${lines.join("\n")}\n`;
}

function filesText(files: RecordedInputs["files"]): string {
  const members = files.map(({ path, content }) => {
    if (typeof content !== "string") return `      ${JSON.stringify(path)}: Buffer.from(${JSON.stringify(Buffer.from(content).toString("base64"))}, "base64"),\n`;
    const parts = content.split(/(?<=\n)/).map((line) => JSON.stringify(line));
    return parts.length < 2 ? `      ${JSON.stringify(path)}: ${parts[0] ?? '""'},\n` : `      ${JSON.stringify(path)}: [\n${parts.map((part) => `        ${part},\n`).join("")}      ].join(""),\n`;
  });
  return `files: {\n${members.join("")}    }`;
}

/** A JSON value as TypeScript writes it: whole numbers beyond 2^53 are bigints. */
function literal(value: ExactJson): string {
  if (typeof value === "bigint") return `${value}n`;
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([name, member]) => `${/^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__" ? name : `[${JSON.stringify(name)}]`}: ${literal(member)}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  return Array.isArray(value) ? `[${value.map((item: ExactJson) => literal(item)).join(", ")}]` : JSON.stringify(value);
}
