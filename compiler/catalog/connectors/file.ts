import { booleanType, durationType, intType, longType, stringType } from "../../ir/types/data-type.ts";
import { encodingName } from "./encoding-name.ts";
import { fileColumn } from "./file-columns.ts";
import { atLeast } from "./at-least.ts";
import type { Connector, OptionSpec } from "./connector.ts";

const path: OptionSpec = {
  name: "path",
  type: stringType,
  required: true,
  position: 0,
  check: (value) => (value === "" ? "`path` is empty" : undefined),
};

/** Files of a folder, one file, or a glob (Spark's FileStreamSource and FileStreamSink). */
export const file: Connector = {
  name: "file",
  source: {
    options: [
      path,
      { name: "encoding", type: stringType, check: encodingName },
      { name: "maxFilesPerTrigger", type: intType, check: atLeast("maxFilesPerTrigger", 1) },
      { name: "maxBytesPerTrigger", type: longType, later: true },
      { name: "latestFirst", type: booleanType, later: true },
      { name: "maxFileAge", type: durationType, later: true },
      { name: "cleanSource", type: "words", allowed: ["off", "delete", "archive"], later: true },
    ],
    unbounded: true,
    bounded: true,
    replayable: true,
    hasFiles: true,
    hiddenColumns: [fileColumn],
    formats: ["json", "csv", "text"],
    laterFormats: ["parquet", "avro"],
    ownColumns: undefined,
    factory: "fileSource",
  },
  sink: {
    options: [
      path,
      { name: "partitionBy", type: "columns" },
      { name: "replace", type: booleanType, later: true },
      { name: "compression", type: "words", allowed: ["none", "gzip"] },
    ],
    formats: ["json", "csv", "text"],
    laterFormats: ["parquet", "avro"],
    modes: ["append"],
    takes: ["+I"],
    delivery: "exactly once",
    needsCheckpoint: true,
    ordered: true,
    factory: "fileSink",
  },
};
