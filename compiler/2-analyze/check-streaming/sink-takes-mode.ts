import { modeOfSink } from "../../diagnostics/catalogue/streaming.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** A sink takes the modes that its connector names (Spark eD2: files are append only). */
export function checkSinkTakesMode({ sink, mode, modeSpan, sinkName, sinkSpan, job }: CheckedQuery): void {
  if (sink.modes.includes(mode)) return;
  const { modesWith } = sink;
  if (modesWith !== undefined && sink.modes === modesWith.modes) {
    const consequence = "each batch would replace the rows of those before";
    job.report(modeOfSink({ sink: `${sinkName}(…, ${modesWith.option}: true)`, mode, consequence }).at(modeSpan).labelled(`${mode} mode gives the rows of a batch only`).also(sinkSpan, "holds one result").helped(`write \`mode complete\`, or leave \`${modesWith.option}\` out`));
    return;
  }
  const consequence = mode === "complete" ? "a file once written is not written again" : "rows once written cannot be taken back";
  job.report(modeOfSink({ sink: sinkName, mode, consequence }).at(modeSpan).also(sinkSpan, "takes rows that stay").helped(`leave \`mode ${mode}\` out, or write into \`memory()\`${modesWith?.modes.includes(mode) === true ? `, or add \`${modesWith.option}: true\`` : ""}`));
}
