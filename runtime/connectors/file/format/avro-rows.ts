import { AvroEncoder } from "../../../formats/avro/avro-encoder.ts";
import { AvroContainer, type AvroPacking } from "../../../formats/avro/avro-container.ts";
import { crc32OfBytes } from "../../../functions/digest/crc32.ts";
import type { Host } from "../../../host/host.ts";
import { OptionCheck } from "../../option-check.ts";
import type { SinkContext } from "../../sink.ts";
import { BatchParts } from "../batch-parts.ts";
import type { FileSinkOptions } from "../sink.ts";
import type { FileRows, RowLayout } from "./file-rows.ts";
import { typedLayout } from "./typed-layout.ts";

/** Rows in Avro's container files, with the schema that the job names or that of the result's columns. */
export async function avroRows<Row>(context: SinkContext<Row>, options: FileSinkOptions, layout: RowLayout): Promise<FileRows<Row>> {
  const packing = await packingOf(new OptionCheck("sink", "file").word("compression", options.compression, codecs, "deflate"), context.host);
  const { changelog, path, schema } = options;
  const { columns, folderOf } = typedLayout(context, changelog, layout);
  const rows = new AvroEncoder(columns, schema, path);
  return {
    suffix: "avro",
    begin: (host, folder, batch) => {
      const files = new BatchParts(host, folder, { content: () => new AvroContainer(rows.schema, packing, markOf(host)), suffix: "avro" }, batch);
      return {
        files,
        write: (kind, row) => {
          const record = rows.encode(changelog === undefined ? row : { ...row, [changelog]: kind });
          files.write(folderOf(kind, row), (content) => content.add(record));
        },
      };
    },
  };
}

/** Behind a block in snappy stands what its content sums up to. */
function checksum(bytes: Uint8Array): Uint8Array {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32OfBytes(bytes));
  return sum;
}

/** Sixteen bytes of chance, which stand behind every block of a file. */
function markOf(host: Host): Uint8Array {
  return Buffer.from(host.uuid().replaceAll("-", "").padEnd(32, "0").slice(0, 32), "hex");
}

const codecs = ["none", "deflate", "snappy", "zstd"] as const;

async function packingOf(compression: (typeof codecs)[number], host: Host): Promise<AvroPacking> {
  switch (compression) {
    case "deflate":
      return { codec: "deflate", pack: (bytes) => host.compression.deflate(bytes) };
    case "snappy": {
      const { SnappyLoader } = await import("../../../formats/compression/snappy-loader.ts");
      const snappy = await SnappyLoader.loaded();
      return { codec: "snappy", pack: (bytes) => Buffer.concat([snappy.compress(bytes), checksum(bytes)]) };
    }
    case "zstd": {
      const { zstdCompressor } = await import("../../../formats/compression/zstd-codec.ts");
      return { codec: "zstandard", pack: await zstdCompressor() };
    }
    case "none":
      return { codec: "null", pack: (bytes) => bytes };
  }
}
