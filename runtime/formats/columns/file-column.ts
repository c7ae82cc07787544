import type { ChunkFile } from "../column-batch.ts";

const noFile: ChunkFile = { path: "", name: "", size: 0, modified: 0 };

/** The hidden column of a file source: all rows of a chunk come from one file. */
export class FileColumn {
  #file: ChunkFile = noFile;

  get(_row: number): ChunkFile {
    return this.#file;
  }

  begin(file: ChunkFile | undefined): void {
    this.#file = file ?? noFile;
  }
}
