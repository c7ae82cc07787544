// What emitted readers of Parquet import; the library that decodes files is loaded with the first of them.

export { parquetBlocks } from "./formats/parquet/parquet-blocks.ts";
