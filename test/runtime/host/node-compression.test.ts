import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { nodeCompression } from "../../../runtime/host/node-compression.ts";

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpacked(parts: readonly Uint8Array[], size: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of nodeCompression.decompress("gzip", inPieces(Buffer.concat(parts), size)) ?? []) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

const first = gzipSync("first\n");
const second = gzipSync("second\n");
const zeros = new Uint8Array(600);

it.each([1, 7, 64, 65_536])("reads every member of an archive, in pieces of %i bytes", async (size) => {
  expect(await unpacked([first, second, first], size)).toBe("first\nsecond\nfirst\n");
  expect(await unpacked([first, second, zeros], size)).toBe("first\nsecond\n");
});

it.each([1, 7, 64, 65_536])("takes an archive that goes on behind zeros for damaged, in pieces of %i bytes", async (size) => {
  await expect(unpacked([first, zeros, second], size)).rejects.toMatchObject({ code: "Z_DATA_ERROR" });
});

it("lets go of its input when the reader stops early", async () => {
  let closed = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) yield first;
    } finally {
      closed = true;
    }
  }
  for await (const piece of nodeCompression.decompress("gzip", endless()) ?? []) if (piece.length > 0) break;
  expect(closed).toBe(true);
});
