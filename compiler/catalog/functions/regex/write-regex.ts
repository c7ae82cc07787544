import type { Alternatives, Group, OneCharacter, RegexNode } from "./regex-node.ts";

/** The pattern in JavaScript's syntax, for the `u` flag without `m`, `i` and `s`. */
export function writeRegex(alternatives: Alternatives): string {
  return alternatives.map((nodes) => nodes.map(writeNode).join("")).join("|");
}

function writeNode(node: RegexNode): string {
  switch (node.kind) {
    case "start":
      return "^";
    case "end":
      return "$";
    case "boundary":
      return node.negated ? "\\B" : "\\b";
    case "one":
    case "group":
      return writeAtom(node);
    case "repeat":
      return writeAtom(node.body) + quantifier(node.min, node.max) + (node.lazy ? "?" : "");
  }
}

function writeAtom(node: OneCharacter | Group): string {
  if (node.kind === "one") return node.text;
  const opening = node.name !== undefined ? `(?<${node.name}>` : node.captures ? "(" : "(?:";
  return `${opening}${writeRegex(node.alternatives)})`;
}

function quantifier(min: number, max: number): string {
  if (min === 0 && max === Infinity) return "*";
  if (min === 1 && max === Infinity) return "+";
  if (min === 0 && max === 1) return "?";
  if (min === max) return `{${min}}`;
  return max === Infinity ? `{${min},}` : `{${min},${max}}`;
}
