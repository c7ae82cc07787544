import { generateCstDts } from "chevrotain";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SluiceParser } from "./parser.ts";
import { diagramsPage } from "./diagrams-page.ts";
import { textMateGrammar } from "./text-mate.ts";

/** The generated files of this folder by name, as they should be now. */
export function generatedFiles(): Readonly<Record<string, string>> {
  const parser = new SluiceParser();
  return {
    "cst.generated.ts": cstTypes(parser),
    "sluice.tmLanguage.json": `${JSON.stringify(textMateGrammar(), undefined, 2)}\n`,
    "diagrams.html": diagramsPage(parser.getSerializedGastProductions()),
  };
}

function cstTypes(parser: SluiceParser): string {
  const types = generateCstDts(parser.getGAstProductions(), { includeVisitorInterface: false });
  return `// Written by grammar/generate.ts from the rules.\n${types.replace("CstNode, ICstVisitor, IToken", "CstNode, IToken")}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of Object.entries(generatedFiles())) writeFileSync(new URL(name, import.meta.url), text);
}
