import type { FileNode } from "./file-node.ts";

/** Whether a group is annotated as a list. */
export function isList({ element }: FileNode): boolean {
  return element.converted_type === "LIST" || element.logical_type?.type === "LIST";
}

/** Whether a group is annotated as a map, today's way or the old one. */
export function isMap({ element }: FileNode): boolean {
  return element.converted_type === "MAP" || element.converted_type === "MAP_KEY_VALUE" || element.logical_type?.type === "MAP";
}

/** What a list repeats, and the item in it: today's lists have a group between, of the older ones the repeated node itself is the item. */
export interface ListForm {
  readonly repeated: FileNode;
  /** Undefined where the repeated node is the item. */
  readonly item: FileNode | undefined;
}

/** The form of an annotated list; undefined where it is none (parquet-format, LogicalTypes: backward compatibility; Spark: isElementType). */
export function listForm(node: FileNode): ListForm | undefined {
  const [repeated] = node.children;
  if (repeated === undefined || node.children.length !== 1 || repeated.element.repetition_type !== "REPEATED") return undefined;
  const [only] = repeated.children;
  const isItem = only === undefined || repeated.children.length > 1 || repeated.name === "array" || repeated.name === `${node.name}_tuple` || only.element.repetition_type === "REPEATED";
  return { repeated, item: isItem ? undefined : only };
}

/** The entries of an annotated map, its keys and its values; undefined where it is none. */
export function mapForm(node: FileNode): { readonly entries: FileNode; readonly key: FileNode; readonly value: FileNode } | undefined {
  const [entries] = node.children;
  const [key, value] = entries?.children ?? [];
  if (entries === undefined || key === undefined || value === undefined || entries.children.length !== 2 || entries.element.repetition_type !== "REPEATED") return undefined;
  return { entries, key, value };
}
