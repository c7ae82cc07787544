import type { ChunkFile } from "../../formats/column-batch.ts";
import type { ListedFile } from "./listing.ts";

/** A file as its rows know it. */
export function describedFile({ path, size, modified }: ListedFile): ChunkFile {
  return { path, name: path.slice(path.lastIndexOf("/") + 1), size, modified: Math.round(modified * 1000) };
}

/** What is said of a file that is gone when its batch is read, where that is allowed. */
export function goneMessage(file: ListedFile): string {
  return `${file.path} is gone: its rows are left out (\`ignoreMissingFiles\`)`;
}
