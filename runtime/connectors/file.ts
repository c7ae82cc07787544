export { fileSource, type FileSourceOptions } from "./file/source.ts";
export { fileSink, type FileSinkOptions } from "./file/sink.ts";
