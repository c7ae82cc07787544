import { crc32c } from "../../checkpoint/crc32c.ts";

/** A file that a batch added to the target. */
export interface ManifestFile {
  readonly name: string;
  readonly bytes: number;
  readonly rows: number;
  /** The part that took this name over, where each batch replaces the file of the one before; until then it has its hidden name. */
  readonly from?: string;
}

/** What a batch added: its presence is the commit of the batch in the sink. */
export interface ManifestEntry {
  readonly batch: number;
  readonly files: readonly ManifestFile[];
  /** When the batch was committed, in milliseconds since the epoch. */
  readonly time?: number;
  /** Nothing of the batches before counts any more. */
  readonly replaces?: true;
  /** Files up to this batch are no longer listed, because they are older than the sink's `retention`. */
  readonly expired?: true;
}

const header = "sluice-manifest 1";

/**
 * A manifest file as text that people can read too: a line of magic and version, a line of JSON a batch, and a line with the
 * CRC-32C of all before it in hexadecimal.
 */
export function encodeManifest(entries: readonly ManifestEntry[]): Uint8Array {
  const body = `${[header, ...entries.map((entry) => JSON.stringify(entry))].join("\n")}\n`;
  const encoder = new TextEncoder();
  return encoder.encode(`${body}crc32c=${checksum(encoder.encode(body))}\n`);
}

/** Reads what `encodeManifest` wrote; a sentence of what is wrong where it is not that, byte for byte. */
export function decodeManifest(bytes: Uint8Array): readonly ManifestEntry[] | string {
  const text = new TextDecoder("utf-8").decode(bytes);
  const match = /^([^]*\n)crc32c=([0-9a-f]{8})\n$/.exec(text);
  const body = match?.[1];
  if (body === undefined) return "is cut off";
  if (!body.startsWith(`${header}\n`)) return body.startsWith("sluice-manifest ") ? "is of a version that this Sluice cannot read" : "is not a manifest";
  if (checksum(new TextEncoder().encode(body)) !== match?.[2]) return "is damaged: its checksum does not fit";
  const entries: ManifestEntry[] = [];
  for (const line of body.split("\n").slice(1, -1)) {
    const entry = entryOf(line);
    if (entry === undefined) return "holds an entry that cannot be understood";
    entries.push(entry);
  }
  return entries;
}

function checksum(bytes: Uint8Array): string {
  return (crc32c(bytes) >>> 0).toString(16).padStart(8, "0");
}

function entryOf(line: string): ManifestEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("batch" in value) || !("files" in value)) return undefined;
  const { batch, files } = value;
  if (typeof batch !== "number" || !Array.isArray(files)) return undefined;
  const known = files.map(fileOf);
  if (!known.every((file) => file !== undefined)) return undefined;
  const time = "time" in value && typeof value.time === "number" ? { time: value.time } : {};
  const replaces = "replaces" in value && value.replaces === true ? ({ replaces: true } as const) : {};
  const expired = "expired" in value && value.expired === true ? ({ expired: true } as const) : {};
  return { batch, files: known, ...time, ...replaces, ...expired };
}

function fileOf(value: unknown): ManifestFile | undefined {
  if (typeof value !== "object" || value === null || !("name" in value) || !("bytes" in value) || !("rows" in value)) return undefined;
  const { name, bytes, rows } = value;
  const from = "from" in value && typeof value.from === "string" ? { from: value.from } : {};
  return typeof name === "string" && typeof bytes === "number" && typeof rows === "number" ? { name, bytes, rows, ...from } : undefined;
}
