import type { Host } from "../../../host/host.ts";
import type { BatchContext } from "../../../query/batch-context.ts";
import { OptionCheck } from "../../option-check.ts";
import type { SinkContext } from "../../sink.ts";
import { BatchParts } from "../batch-parts.ts";
import type { FileSinkOptions } from "../sink.ts";
import type { FileRows, RowLayout, RowParts } from "./file-rows.ts";
import { partitionFolder } from "./partition-folder.ts";
import { RowContent } from "./row-content.ts";
import { RowEncoder } from "./row-encoder.ts";
import { rowFormat, type RowFormatName } from "./row-format.ts";
import { RowMembers } from "./row-members.ts";

/** Rows as bytes one behind the other: JSON lines, CSV, text. */
export class EncodedRows<Row> implements FileRows<Row> {
  readonly suffix: string;
  readonly #encoder: RowEncoder<Row>;
  readonly #members = new RowMembers();
  readonly #format: ReturnType<typeof rowFormat>;
  readonly #layout: RowLayout;
  readonly #isCompressed: boolean;
  /** Whether a row's JSON goes into its file as it is. */
  readonly #isPlain: boolean;

  constructor(context: SinkContext<Row>, options: FileSinkOptions, format: RowFormatName, layout: RowLayout) {
    this.#isCompressed = new OptionCheck("sink", "file").word("compression", options.compression, ["none", "gzip"], "none") === "gzip";
    this.suffix = this.#isCompressed ? `${format}.gz` : format;
    this.#encoder = new RowEncoder(context, options.changelog);
    this.#layout = layout;
    this.#format = rowFormat(format, layout.inFile.map((column) => layout.names[column] ?? ""), options);
    this.#isPlain = format === "json" && layout.inFolder.length === 0;
  }

  begin(host: Host, folder: string, batch: BatchContext): RowParts<Row> {
    const compress = this.#isCompressed ? (bytes: Uint8Array) => host.compression.gzip(bytes) : undefined;
    const files = new BatchParts(host, folder, { content: () => new RowContent(this.#format, compress), suffix: this.suffix }, batch);
    return {
      files,
      write: (kind, row) => {
        const json = this.#encoder.encode(kind, row);
        if (this.#isPlain) return files.write("", (content) => writeLine(json, content));
        this.#members.scan(json);
        files.write(partitionFolder(this.#members, this.#layout.inFolder), this.#writeMembers);
      },
    };
  }

  readonly #writeMembers = ({ out }: RowContent): void => this.#format.row(this.#members, this.#layout.inFile, out);
}

function writeLine(json: Uint8Array, { out }: RowContent): void {
  out.bytes(json);
  out.byte(10);
}
