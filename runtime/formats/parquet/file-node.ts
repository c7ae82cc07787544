import type { SchemaElement, SchemaTree } from "./parquet-footer.ts";

/** A column, or a part of one, as the file declares it, with the levels that say what of it is there (Dremel). */
export interface FileNode {
  readonly name: string;
  readonly element: SchemaElement;
  readonly children: readonly FileNode[];
  /** The definition level at which it is there. */
  readonly definition: number;
  /** The repetition level of an entry that repeats it. */
  readonly repetition: number;
  /** The number of the leaf among the file's; −1 for a group. */
  readonly leaf: number;
}

/** The columns of a file. */
export function fileColumns(schema: SchemaTree): readonly FileNode[] {
  let leaves = 0;
  const nodeOf = ({ element, children }: SchemaTree, above: { readonly definition: number; readonly repetition: number }): FileNode => {
    const levels = {
      definition: above.definition + (element.repetition_type === "OPTIONAL" || element.repetition_type === "REPEATED" ? 1 : 0),
      repetition: above.repetition + (element.repetition_type === "REPEATED" ? 1 : 0),
    };
    const isLeaf = element.type !== undefined;
    const leaf = isLeaf ? leaves++ : -1;
    return { name: element.name, element, ...levels, leaf, children: children.map((child) => nodeOf(child, levels)) };
  };
  return schema.children.map((child) => nodeOf(child, { definition: 0, repetition: 0 }));
}

/** The first leaf of a node. */
export function firstLeaf(node: FileNode): FileNode {
  let found = node;
  for (let child = node.children[0]; child !== undefined; child = found.children[0]) found = child;
  return found;
}

/** What a node holds, for people: `INT64 (TIMESTAMP)`, `a list`. */
export function nodeText({ element, children }: FileNode): string {
  const annotation = element.logical_type?.type ?? element.converted_type;
  if (element.type === undefined) return annotation === "LIST" ? "a list" : annotation?.startsWith("MAP") === true ? "a map" : `a group of ${children.length} fields`;
  const repeated = element.repetition_type === "REPEATED" ? "repeated " : "";
  if (annotation === "DECIMAL") return `${repeated}${element.type} (DECIMAL(${element.precision ?? 0},${element.scale ?? 0}))`;
  return `${repeated}${element.type}${annotation === undefined ? "" : ` (${annotation})`}`;
}
