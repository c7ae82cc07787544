import { libraryType } from "./avro-library.ts";

/** Bytes of the mark behind the header and behind every block. */
export const markBytes = 16;

/** `Obj` and the version. */
export const magic: Uint8Array = new Uint8Array([0x4f, 0x62, 0x6a, 1]);

/** The header of a container file: the magic bytes, the schema and the codec, the mark. */
export const headerType = libraryType({
  type: "record",
  name: "Header",
  fields: [
    { name: "magic", type: { type: "fixed", name: "Magic", size: magic.length } },
    { name: "meta", type: { type: "map", values: "bytes" } },
    { name: "sync", type: { type: "fixed", name: "Sync", size: markBytes } },
  ],
});

/** What stands in front of a block. */
export const blockHeadType = libraryType({ type: "record", name: "Head", fields: [{ name: "rows", type: "long" }, { name: "bytes", type: "long" }] });

const longType = libraryType("long");

/** The header of a file with this schema. */
export function containerHeader(schema: string, codec: string, mark: Uint8Array): Uint8Array {
  const meta = new Map([["avro.schema", Buffer.from(schema, "utf8")], ["avro.codec", Buffer.from(codec, "utf8")]]);
  return headerType.toBuffer({ magic: Buffer.from(magic), meta, sync: Buffer.from(mark) });
}

/** A count as a container file has it. */
export function longBytes(value: number): Uint8Array {
  return longType.toBuffer(value);
}
