import { booleanType, durationType, intType, longType, stringType } from "../../ir/types/data-type.ts";
import { encodingName } from "./encoding-name.ts";
import { fileColumn } from "./file-columns.ts";
import { aboveZero } from "./above-zero.ts";
import { atLeast } from "./at-least.ts";
import type { CheckTogether, Connector, OptionSpec } from "./connector.ts";
import { notEmpty } from "./not-empty.ts";
import { notNegative } from "./not-negative.ts";

const path: OptionSpec = {
  name: "path",
  type: stringType,
  required: true,
  position: 0,
  check: notEmpty("path"),
};

const checkSource: CheckTogether = (given) => {
  const format = given.get("format");
  if ((format === "parquet" || format === "avro") && given.has("encoding")) {
    return { option: "encoding", message: `\`encoding\` does not go with the format ${format}, which says itself how texts are encoded`, help: "leave it out" };
  }
  if (given.has("maxFilesPerTrigger") && given.has("maxBytesPerTrigger")) {
    return { option: "maxBytesPerTrigger", message: "`maxFilesPerTrigger` and `maxBytesPerTrigger` cannot both limit a batch", help: "keep one of them" };
  }
  const archives = given.get("cleanSource") === "archive";
  if (archives && !given.has("sourceArchiveDir")) return { option: "cleanSource", message: '`cleanSource: "archive"` needs `sourceArchiveDir`', help: 'add `sourceArchiveDir: "…"`, a folder outside the source' };
  if (!archives && given.has("sourceArchiveDir")) return { option: "sourceArchiveDir", message: "`sourceArchiveDir` is without `cleanSource`", help: 'add `cleanSource: "archive"`, or leave it out' };
  return undefined;
};

/** How the formats that are compressed within a file can be. */
const compressions: ReadonlyMap<string, readonly string[]> = new Map([
  ["avro", ["none", "deflate", "snappy", "zstd"]],
  ["parquet", ["none", "gzip", "snappy", "zstd"]],
]);

const checkSink: CheckTogether = (given) => {
  const compression = given.get("compression");
  const format = given.get("format") ?? "json";
  const possible = typeof format === "string" ? compressions.get(format) ?? ["none", "gzip"] : undefined;
  if (typeof compression === "string" && possible?.includes(compression) === false) {
    return { option: "compression", message: `\`compression: "${compression}"\` does not go with the format ${String(format)}`, help: `it takes ${possible.map((name) => `\`"${name}"\``).join(", ")}` };
  }
  if (given.get("replace") !== true) return undefined;
  if (given.has("changelog")) return { option: "changelog", message: "`changelog` and `replace` do not go together: a result that is replaced has no changes", help: "leave one of them out" };
  if (given.has("partitionBy")) return { option: "partitionBy", message: "`partitionBy` and `replace` do not go together: files in several folders cannot be switched in one step", help: "leave one of them out" };
  if (given.has("retention")) return { option: "retention", message: "`retention` and `replace` do not go together: a result that is replaced has one version", help: "leave `retention` out" };
  return undefined;
};

/** Files of a folder, one file, or a glob (Spark's FileStreamSource and FileStreamSink). */
export const file: Connector = {
  name: "file",
  source: {
    options: [
      path,
      { name: "encoding", type: stringType, check: encodingName },
      { name: "maxFilesPerTrigger", type: intType, check: atLeast("maxFilesPerTrigger", 1) },
      { name: "maxBytesPerTrigger", type: longType, check: atLeast("maxBytesPerTrigger", 1) },
      { name: "latestFirst", type: booleanType },
      { name: "maxFileAge", type: durationType, check: notNegative("maxFileAge") },
      { name: "fileNameOnly", type: booleanType },
      { name: "ignoreMissingFiles", type: booleanType },
      { name: "reread", type: booleanType, ofTables: true },
      { name: "cleanSource", type: "words", allowed: ["off", "delete", "archive"] },
      { name: "sourceArchiveDir", type: stringType, check: notEmpty("sourceArchiveDir") },
    ],
    checkTogether: checkSource,
    unbounded: true,
    bounded: true,
    replayable: true,
    hasFiles: true,
    hiddenColumns: [fileColumn],
    formats: ["json", "csv", "text", "parquet", "avro"],
    ownColumns: undefined,
    factory: "fileSource",
  },
  sink: {
    options: [
      path,
      { name: "partitionBy", type: "columns" },
      { name: "replace", type: booleanType, constant: true },
      { name: "changelog", type: stringType, constant: true, check: notEmpty("changelog") },
      { name: "retention", type: durationType, check: aboveZero("retention") },
      { name: "compression", type: "words", allowed: ["none", "gzip", "deflate", "snappy", "zstd"] },
    ],
    formats: ["json", "csv", "text", "parquet", "avro"],
    modes: ["append"],
    modesWith: [
      { option: "replace", written: "replace: true", modes: ["complete"], holds: "one result", otherwise: "each batch would replace the rows of those before" },
      { option: "changelog", written: 'changelog: "…"', modes: ["update"], holds: "the changes of a result", otherwise: "its rows are no changes" },
    ],
    checkTogether: checkSink,
    takes: ["+I", "+U", "-D"],
    delivery: "exactly once",
    exactlyOnceBy: "(files that a manifest lists)",
    needsCheckpoint: true,
    ordered: true,
    factory: "fileSink",
  },
};
