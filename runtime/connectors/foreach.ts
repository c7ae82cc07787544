export { foreachSink, type ForeachSinkOptions } from "./foreach/sink.ts";
