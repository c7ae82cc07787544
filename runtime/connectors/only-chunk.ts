import type { Chunk } from "../formats/column-batch.ts";

/** A reading of just this chunk. */
export async function* onlyChunk(chunk: Chunk): AsyncGenerator<Chunk, void, undefined> {
  yield chunk;
}
