import { modeOfSink } from "../../diagnostics/catalogue/streaming.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** A sink takes the modes that its connector names (Spark eD2: files are append only). */
export function checkSinkTakesMode({ sink, mode, modeSpan, sinkName, sinkSpan, job }: CheckedQuery): void {
  if (sink.modes.includes(mode)) return;
  const consequence = mode === "complete" ? "a file once written is not written again" : "rows once written cannot be taken back";
  job.report(modeOfSink({ sink: sinkName, mode, consequence }).at(modeSpan).also(sinkSpan, "takes rows that stay").helped(`leave \`mode ${mode}\` out, or write into \`memory()\``));
}
