import { optionsTogether, partitionColumn, sideOutputClause, sinkColumns, textColumns } from "../diagnostics/catalogue/connectors.ts";
import { userSideOutput } from "../diagnostics/catalogue/user-connectors.ts";
import { duplicateColumn, duplicateOperator } from "../diagnostics/catalogue/names.ts";
import type { SinkStatement } from "../ir/ast/statement.ts";
import type { LogicalQuery, SideOutput } from "../ir/logical/job.ts";
import { nodesOf } from "../ir/logical/nodes-of.ts";
import type { LogicalPlan } from "../ir/logical/plan.ts";
import { deriveStreaming } from "../ir/logical/streaming-properties.ts";
import type { Span } from "../source/span.ts";
import { checkStreaming } from "./check-streaming/index.ts";
import { checkClauses } from "./connectors/check-clauses.ts";
import { checkDelivery } from "./connectors/check-delivery.ts";
import { withMessage, withTopic } from "./connectors/check-message.ts";
import { withMessageColumns } from "./connectors/message-columns.ts";
import { checkSinkTarget } from "./connectors/check-sink-target.ts";
import { checkGivenRows } from "./connectors/check-writer.ts";
import { checkWritten } from "./connectors/check-written.ts";
import type { JobContext } from "./job-context.ts";
import { lowerFilters } from "./normal-form/lower-filters.ts";
import { filterInnerJoinInputs } from "./normal-form/null-keys-of-inner-joins.ts";
import { withoutHiddenColumns } from "./steps/hidden-columns.ts";
import type { Streams } from "./steps/streams.ts";

/** A sink with a pipeline: binds it, brings it into the normal form and holds it against the laws of streaming; undefined after a report. */
export function analyzeQuery(sink: SinkStatement, streams: Streams, job: JobContext): LogicalQuery | undefined {
  if (sink.pipeline === undefined) return undefined;
  const name = sink.name.text;
  const whole = streams.pipeline(sink.pipeline, name);
  const relation = withoutHiddenColumns(whole, job);
  const checked = checkSinkTarget(sink.into, job);
  const { mode, modeSpan, trigger, checkpoint } = checkClauses(sink, job);
  if (relation.poisoned) return undefined;
  const rows = lowerFilters(filterInnerJoinInputs(relation.plan));
  const ofMessages = withMessageColumns(whole, checked, job);
  const plan = ofMessages === undefined ? rows : lowerFilters(filterInnerJoinInputs(ofMessages.relation.plan));
  checkColumns(rows, sink, job);
  checkOperators(plan, job);
  if (checked !== undefined) checkWritten(rows.output, checked, sink.into.span, job);
  if (checked === undefined || mode === undefined) return undefined;
  const properties = deriveStreaming(plan, mode);
  if (checked.user !== undefined) checkGivenRows(checked.user, plan, properties, job);
  const target = withMessage(checked, { plan: rows, computed: ofMessages?.columns ?? new Map(), areUpserts: mode === "update" && properties.of(plan).changelogMode === "upsert", at: sink.into.span }, job);
  checkStreaming({
    name,
    plan,
    mode,
    modeSpan: modeSpan ?? sink.name.span,
    sinkName: sink.into.callee.text,
    sinkSpan: sink.into.span,
    sink: checked.capabilities,
    properties,
    job,
  });
  const query: LogicalQuery = { name, plan, mode, trigger, checkpoint, sink: target, span: sink.name.span };
  checkDelivery(query, checked.deliverySpan, job);
  return query;
}

/** A sink without a pipeline; undefined after a report. */
export function analyzeSideOutput(sink: SinkStatement, job: JobContext): SideOutput | undefined {
  const checked = checkSinkTarget(sink.into, job);
  if (checked?.capabilities.isUserCode === true) job.report(userSideOutput({ connector: sink.into.callee.text }).at(sink.into.callee.span).helped("write it into `file(…)` or `memory()`"));
  for (const clause of sink.clauses) {
    job.report(sideOutputClause({ clause: clause.kind.toLowerCase() }).at(clause.span).helped("leave it out, or give the sink a pipeline"));
  }
  // The rows of a side output are made by the runtime.
  for (const { span } of checked?.partitionColumns ?? []) job.report(partitionColumn({ message: "a side output is not partitioned" }).at(span).helped("leave `partitionBy` out"));
  if (checked !== undefined && !checked.capabilities.modes.includes("append")) {
    const option = checked.kindColumn === undefined ? "replace" : "changelog";
    job.report(optionsTogether({ message: `a side output is appended to, and ${option === "replace" ? "cannot be replaced" : "has no changes"}` }).at(sink.into.span).helped(`leave \`${option}\` out`));
  }
  if (checked?.target.format === "text" && checked.capabilities.ofMessages !== true) job.report(textColumns({ found: "the columns of a side output" }).at(sink.into.span).helped('write `format: "json"` or `format: "csv"`'));
  return checked === undefined ? undefined : { name: sink.name.text, sink: withTopic(checked, job), span: sink.name.span };
}

/** Two columns of one name cannot be told apart in a sink. */
function checkColumns(plan: LogicalPlan, sink: SinkStatement, job: JobContext): void {
  const names = plan.output.map((column) => column.name);
  const doubled = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  for (const name of doubled) {
    job.report(duplicateColumn({ name }).at(sink.into.span).labelled(`two columns \`${name}\` would reach this sink`).helped("choose the columns with `select`, under names that differ"));
  }
  if (names.length === 0) job.report(sinkColumns({ message: "no column is left to write" }).at(sink.into.span).helped("keep at least one column"));
}

/** A stream and a sink of one name give their operators the same identity. */
function checkOperators(plan: LogicalPlan, job: JobContext): void {
  const first = new Map<string, Span>();
  for (const node of nodesOf(plan)) {
    const id = node.kind === "Watermark" ? node.spec.operatorId : "operatorId" in node ? node.operatorId : undefined;
    if (id === undefined || node.origin === undefined) continue;
    const before = first.get(id);
    if (before === undefined) first.set(id, node.origin);
    else if (before.start !== node.origin.start) job.report(duplicateOperator({ id }).at(node.origin).also(before, "the other one").helped("give the stream and the sink different names, or add `named`"));
  }
}
