import { TooLong } from "../../../../formats/compression/too-long.ts";
import { nodeGunzip } from "../../../../host/node-gunzip.ts";

/** The content, which has `most` bytes at most (`TooLong`). */
export async function gunzipped(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  try {
    return await nodeGunzip(bytes, most);
  } catch (error) {
    throw error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE" ? new TooLong(most) : error;
  }
}
