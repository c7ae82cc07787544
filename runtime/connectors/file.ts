export { fileSource } from "./file/source.ts";
export type { FileSourceOptions } from "./file/source-settings.ts";
export { fileSink, type FileSinkOptions } from "./file/sink.ts";
