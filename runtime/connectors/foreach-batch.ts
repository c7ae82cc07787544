export { foreachBatchSink } from "./foreach-batch/sink.ts";
