import { createSyntaxDiagramsCode, type ISerializedGast } from "chevrotain";

/**
 * The page of railroad diagrams. Its script and style come from the installed chevrotain, so it opens from the disk of a
 * clone after `npm ci`, without a network.
 */
export function diagramsPage(grammar: ISerializedGast[]): string {
  const base = "../node_modules/chevrotain/diagrams/";
  const page = createSyntaxDiagramsCode([], { resourceBase: base, css: `${base}diagrams.css` });
  const rules = grammar.map((rule) => JSON.stringify(rule)).join(",\n").replaceAll("<", "\\u003c");
  return page.replace("window.serializedGrammar = []", () => `window.serializedGrammar = [\n${rules}\n]`);
}
