import type { SinkCapabilities } from "../../catalog/connectors/connector.ts";
import { modeOfSink } from "../../diagnostics/catalogue/streaming.ts";
import type { OutputMode } from "../../ir/logical/job.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** A sink takes the modes that its connector names (Spark eD2: files are append only), or those of an option that it is given. */
export function checkSinkTakesMode({ sink, mode, modeSpan, sinkName, sinkSpan, job }: CheckedQuery): void {
  if (sink.modes.includes(mode)) return;
  const switched = sink.modesWith?.find(({ modes }) => modes === sink.modes);
  if (switched !== undefined) {
    const { option, written, holds, otherwise, modes } = switched;
    job.report(modeOfSink({ sink: `${sinkName}(…, ${written})`, mode, consequence: otherwise }).at(modeSpan).labelled(`${mode} mode gives ${givenIn(mode, modes)}`).also(sinkSpan, `holds ${holds}`).helped(`write \`mode ${modes.join(" or ")}\`, or leave \`${option}\` out`));
    return;
  }
  const consequence = mode === "complete" ? "a file once written is not written again" : "rows once written cannot be taken back";
  job.report(modeOfSink({ sink: sinkName, mode, consequence }).at(modeSpan).also(sinkSpan, "takes rows that stay").helped(`leave \`mode ${mode}\` out, or write into \`memory()\`${optionFor(sink, mode)}`));
}

/** A mode as help names it, with the option that a sink needs for it; undefined where the sink has no such mode. */
export function modeWords({ modes, modesWith = [] }: SinkCapabilities, mode: OutputMode): string | undefined {
  if (modes.includes(mode)) return `\`mode ${mode}\``;
  const found = modesWith.find((each) => each.modes.includes(mode));
  return found === undefined ? undefined : `\`mode ${mode}\` with \`${found.written}\``;
}

/** What a mode gives that is not among those of the sink. */
function givenIn(mode: OutputMode, modes: readonly OutputMode[]): string {
  if (modes.includes("complete")) return "the rows of a batch only";
  return mode === "complete" ? "the whole result each time" : "rows that stay";
}

function optionFor({ modesWith = [] }: SinkCapabilities, mode: OutputMode): string {
  const found = modesWith.find(({ modes }) => modes.includes(mode));
  return found === undefined ? "" : `, or add \`${found.written}\``;
}
