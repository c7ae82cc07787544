import type { Host, OpenFile } from "../../host/host.ts";
import { cannotDecompress, damagedArchive, fileChanged, notInEncoding, truncatedArchive } from "./file-errors.ts";
import type { ListedFile } from "./listing.ts";

/** The bytes of a file in order, decompressed where its name says that it is compressed. */
export interface ByteFeed {
  /** Reads at least one byte into `into` from `offset` on; 0 at the end. */
  read(into: Uint8Array, offset: number): number | Promise<number>;
  close(): void | Promise<void>;
}

const pieceBytes = 65_536;

/** How a file is compressed, by the end of its name; undefined where it is not. */
export function compressionOf(path: string): "gzip" | "zstd" | undefined {
  return /\.gz$/i.test(path) ? "gzip" : /\.zstd?$/i.test(path) ? "zstd" : undefined;
}

/** The bytes of an open file, as many as it had when it was listed, as UTF-8 where they are text in another encoding. */
export function byteFeed(host: Host, open: OpenFile, file: ListedFile, encoding?: string): ByteFeed {
  const bytes = decompressed(host, open, file);
  return encoding === undefined ? bytes : new PieceFeed(recoded(bytes, encoding, file), file);
}

function decompressed(host: Host, open: OpenFile, file: ListedFile): ByteFeed {
  const kind = compressionOf(file.path);
  if (kind === undefined) return new PlainFeed(open, file);
  const pieces = host.compression.decompress(kind, piecesOf(new PlainFeed(open, file)));
  if (pieces === undefined) throw cannotDecompress(file.path);
  return new PieceFeed(pieces[Symbol.asyncIterator](), file);
}

class PlainFeed implements ByteFeed {
  readonly #open: OpenFile;
  readonly #file: ListedFile;
  #position = 0;

  constructor(open: OpenFile, file: ListedFile) {
    this.#open = open;
    this.#file = file;
  }

  read(into: Uint8Array, offset: number): number {
    const left = this.#file.size - this.#position;
    if (left === 0) return 0;
    const count = this.#open.read(into, offset, Math.min(into.length - offset, left), this.#position);
    if (count === 0) throw fileChanged(this.#file.path, "has become shorter while it was read");
    this.#position += count;
    return count;
  }

  close(): void {
    this.#open.close();
  }
}

/** Each piece in memory of its own: whoever decompresses keeps it for a while. */
async function* piecesOf(feed: ByteFeed): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for (;;) {
      const piece = new Uint8Array(pieceBytes);
      const count = await feed.read(piece, 0);
      if (count === 0) return;
      yield piece.subarray(0, count);
    }
  } finally {
    await feed.close();
  }
}

/** Text in another encoding as UTF-8, piece by piece. */
async function* recoded(feed: ByteFeed, encoding: string, file: ListedFile): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  const decode = (piece?: Uint8Array): Uint8Array => {
    try {
      return encoder.encode(piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true }));
    } catch (error) {
      throw notInEncoding(file.path, encoding, error);
    }
  };
  for await (const piece of piecesOf(feed)) yield decode(piece);
  yield decode();
}

class PieceFeed implements ByteFeed {
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #file: ListedFile;
  #piece = new Uint8Array(0);

  constructor(pieces: AsyncIterator<Uint8Array>, file: ListedFile) {
    this.#pieces = pieces;
    this.#file = file;
  }

  async read(into: Uint8Array, offset: number): Promise<number> {
    while (this.#piece.length === 0) {
      const next = await this.#next();
      if (next === undefined) return 0;
      this.#piece = next;
    }
    const part = this.#piece.subarray(0, into.length - offset);
    into.set(part, offset);
    this.#piece = this.#piece.subarray(part.length);
    return part.length;
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  async #next(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      const { done, value } = await this.#pieces.next();
      return done === true ? undefined : new Uint8Array(value);
    } catch (error) {
      const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
      if (code === "Z_BUF_ERROR") throw truncatedArchive(this.#file.path, error);
      throw /^(?:Z_|ZSTD|ERR_ZSTD)/.test(code) ? damagedArchive(this.#file.path, error) : error;
    }
  }
}
