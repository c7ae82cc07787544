import { exprText } from "../ir/expr/print.ts";
import type { Expr } from "../ir/expr/expr.ts";
import { visitExpr } from "../ir/expr/walk.ts";
import type { Column } from "../ir/logical/column.ts";
import type { Consumer, PhysicalQuery, PhysicalTogether, Pipeline, Producer, Read, RowStep } from "../ir/physical/physical.ts";

/** One read of an input, with the pipelines of several sinks that take its records and what follows at its end. */
interface SharedRead {
  readonly isStatic: boolean;
  readonly input: string;
  readonly takers: Pipeline[];
  readonly after: Pipeline[];
}

/**
 * Makes one query of the queries of several sinks. Reads of one input become one wherever the order of each sink's own reads allows it
 * (a join loads one side before it reads the other): the columns of all are read, and filters that are not the same for all move
 * behind the read. Operators are renamed after their sinks, because each sink has its own. `queries` have one trigger and one checkpoint.
 */
export function planTogether(name: string, queries: readonly PhysicalQuery[]): PhysicalTogether | undefined {
  const [first] = queries;
  if (first === undefined) return undefined;
  const sinkNames = new Set(queries.map((query) => query.name));
  const own = queries.map((query) => renamed(query, sinkNames));
  const shared: SharedRead[] = [];
  const last: Pipeline[] = [];
  for (const { pipelines } of own) takeIn(pipelines, shared, last);
  const ordered = [...shared.filter(({ isStatic }) => isStatic), ...shared.filter(({ isStatic }) => !isStatic)];
  const seen = new Map<string, number>();
  const pipelines = ordered.flatMap((read) => {
    const count = (seen.get(read.input) ?? 0) + 1;
    seen.set(read.input, count);
    return [...withOneReader(read.takers, count === 1 ? read.input : `${read.input}-${count}`), ...read.after];
  });
  const watermarks = own.flatMap((query) => query.watermarks);
  return {
    name,
    trigger: first.trigger,
    checkpoint: first.checkpoint,
    sinks: queries,
    tables: own.flatMap(({ tables }) => tables),
    lookups: own.flatMap(({ lookups }) => lookups),
    keySets: own.flatMap(({ keySets }) => keySets),
    limits: own.flatMap(({ limits }) => limits),
    watermarks: watermarks.filter(({ operatorId }, at) => watermarks.findIndex((other) => other.operatorId === operatorId) === at),
    pipelines: [...pipelines, ...last],
    text: [`Query ${name}: ${queries.map((query) => query.name).join(", ")}, committed together`, ...queries.flatMap(({ text }) => text.map((line) => `  ${line}`))],
  };
}

/** Puts a sink's reads beside those of the sinks before it, in its own order; what follows its last read goes to the end of the batch. */
function takeIn(pipelines: readonly Pipeline[], shared: SharedRead[], last: Pipeline[]): void {
  const lastRead = pipelines.findLastIndex(({ producer }) => producer.kind === "read");
  let place = -1;
  for (const [at, pipeline] of pipelines.entries()) {
    const { producer, isStatic } = pipeline;
    if (producer.kind === "read") {
      const input = producer.read.input.name;
      const found = shared.findIndex((read, index) => index > place && read.input === input && read.isStatic === isStatic);
      if (found >= 0) shared[found]?.takers.push(pipeline);
      else shared.splice(place + 1, 0, { isStatic, input, takers: [pipeline], after: [] });
      place = found >= 0 ? found : place + 1;
    } else if (at < lastRead) {
      shared[place]?.after.push(pipeline);
    } else {
      last.push(pipeline);
    }
  }
}

/** The pipelines over one reader, which filters only what all of them leave out. */
function withOneReader(takers: readonly Pipeline[], name: string): readonly Pipeline[] {
  const filters = new Set(takers.map(({ producer }) => (producer.kind === "read" && producer.read.filter !== undefined ? exprText(producer.read.filter) : "")));
  return takers.map((pipeline): Pipeline => {
    if (pipeline.producer.kind !== "read") return pipeline;
    const { read } = pipeline.producer;
    if (filters.size === 1 || read.filter === undefined) return { ...pipeline, producer: { kind: "read", read: { ...read, name, filter: filters.size === 1 ? read.filter : undefined } } };
    const bare: Read = { ...read, name, columns: [...read.columns, ...filterColumns(read.filter, read.columns)], filter: undefined };
    return { ...pipeline, producer: { kind: "read", read: bare }, steps: [{ kind: "filter", predicate: read.filter }, ...pipeline.steps] };
  });
}

/** The columns that a filter alone reads: a reader that filters does not give them. */
function filterColumns(filter: Expr, columns: readonly Column[]): readonly Column[] {
  const found = new Map<number, Column>();
  visitExpr(filter, (node) => {
    if (node.kind === "ColumnRef" && !columns.some(({ id }) => id === node.id)) found.set(node.id, { id: node.id, name: node.name, type: node.type, nullable: node.nullable });
  });
  return [...found.values()];
}

/** The query with its operators under names that are unique among the sinks, and the same whichever other sinks there are. */
function renamed(query: PhysicalQuery, sinkNames: ReadonlySet<string>): PhysicalQuery {
  const { name: sink } = query;
  const isOwn = (id: string): boolean => id.startsWith(`${sink}/`);
  const mine = (id: string): string => (isOwn(id) ? id : `${sink}/${id}`);
  // The watermark of a stream is one for all sinks; a stream may have the name of another sink, though.
  const watermark = (id: string): string => (!isOwn(id) && sinkNames.has(id.split("/")[0] ?? "") ? `${sink}/${id}` : id);
  const buffer = (id: string): string => (id === "rows" ? sink : `${sink} ${id.slice("rows".length)}`);
  const producer = (of: Producer): Producer => {
    if (of.kind === "groups") return { ...of, table: mine(of.table) };
    if (of.kind === "lookup") return { ...of, lookup: mine(of.lookup) };
    return of.kind === "rows" ? { ...of, buffer: buffer(of.buffer) } : of;
  };
  const step = <Step extends RowStep>(of: Step): Step => {
    if (of.kind === "lookup") return { ...of, lookup: mine(of.lookup) };
    if (of.kind === "first") return { ...of, set: mine(of.set) };
    if (of.kind === "limit") return { ...of, limit: mine(of.limit) };
    return of.kind === "watermark" ? { ...of, spec: { ...of.spec, operatorId: watermark(of.spec.operatorId) } } : of;
  };
  const consumer = (of: Consumer): Consumer => {
    if (of.kind === "groups") return { ...of, table: mine(of.table) };
    if (of.kind === "lookup") return { ...of, lookup: mine(of.lookup) };
    if (of.kind === "marks") return { ...of, step: step(of.step) };
    return of.kind === "rows" ? { ...of, buffer: buffer(of.buffer) } : of;
  };
  return {
    ...query,
    tables: query.tables.map((table) => ({ ...table, id: mine(table.id) })),
    lookups: query.lookups.map((lookup) => ({ ...lookup, id: mine(lookup.id) })),
    keySets: query.keySets.map((keys) => ({ ...keys, id: mine(keys.id) })),
    limits: query.limits.map((limit) => ({ ...limit, id: mine(limit.id) })),
    watermarks: query.watermarks.map((spec) => ({ ...spec, operatorId: watermark(spec.operatorId) })),
    pipelines: query.pipelines.map((pipeline) => ({
      ...pipeline,
      producer: producer(pipeline.producer),
      steps: pipeline.steps.map(step),
      consumer: consumer(pipeline.consumer),
      sink,
      title: `${sink}: ${pipeline.title}`,
    })),
  };
}
