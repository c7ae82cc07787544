import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runtimeDeclarations } from "../../../../compiler/2-analyze/user-functions/runtime-declarations.generated.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** The types that the runtime's index exports of `runtime/user/`: the files that declare them, without comments and imports. */
function declaredTypes(): string {
  const index = readFileSync(`${root}runtime/index.ts`, "utf8");
  const files = readdirSync(`${root}runtime/user`).filter((name) => new RegExp(`export type \\{[^}]*\\} from "\\./user/${name.replace(".", "\\.")}"`).test(index));
  const texts = files.sort().map((name) => readFileSync(`${root}runtime/user/${name}`, "utf8").replace(/^\s*\/\*\*[^]*?\*\/\n/gm, "").replace(/^(?:import|export) [^\n]* from [^\n]*\n/gm, "").trim());
  const kind = /^export type RowKind = .*$/m.exec(readFileSync(`${root}runtime/connectors/sink.ts`, "utf8"))?.[0] ?? "";
  return `${[kind, ...texts].join("\n\n")}\n`;
}

test("the checker knows the types that users' modules import from the runtime", () => {
  const declared = declaredTypes();
  const text = `// The types of runtime/user/, written by test/compiler/2-analyze/user-functions/runtime-declarations.test.ts with BLESS=1.\n/** What users' modules take from \`sluice/runtime\`. */\nexport const runtimeDeclarations = \`${declared.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${")}\`;\n`;
  if (process.env["BLESS"] === "1") writeFileSync(`${root}compiler/2-analyze/user-functions/runtime-declarations.generated.ts`, text);
  else expect(runtimeDeclarations).toBe(declared);
  for (const name of ["GroupState", "ValueState", "ListState", "MapState", "Timers", "ForeachWriter", "Receiver"]) expect(declared).toContain(`export ${name === "Receiver" ? "type" : "interface"} ${name}`);
});
