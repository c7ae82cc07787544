import type { RowMembers } from "./row-members.ts";

/** The folder of rows whose partition column is null, or the empty text, which no folder can be named. */
const nothing = "__HIVE_DEFAULT_PARTITION__";

/** What Spark escapes in the names of folders (ExternalCatalogUtils.escapePathName), and NUL. */
const unsafe = /[\0-\x1f\x7f"#%'*/:=?\\{[\]^]/g;

/**
 * The folder of a row, `day=2024-01-01/city=Madrid`, by the partition columns of a sink. A value stands behind `name=` with its slashes
 * escaped, so no text leads out of the sink's folder.
 */
export function partitionFolder(members: RowMembers, columns: readonly { readonly name: string; readonly column: number }[]): string {
  return columns.map(({ name, column }) => `${escaped(name)}=${members.isNull(column) ? nothing : escaped(members.text(column)) || nothing}`).join("/");
}

/** Whether a name is that of a partition's folder. */
export function isPartitionName(name: string): boolean {
  return name.includes("=");
}

function escaped(text: string): string {
  return text.replace(unsafe, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}
