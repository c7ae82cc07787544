export { discardSink } from "./discard/sink.ts";
