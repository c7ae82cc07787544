import type { Consumer, PhysicalQuery, PhysicalTogether, Pipeline, Producer, RowStep } from "../ir/physical/physical.ts";
import { withOneReader } from "./one-reader.ts";

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
    return [...withOneReader(read.takers, count === 1 ? read.input : `${read.input}-${count}`, usesOf(read.takers)), ...read.after];
  });
  const watermarks = own.flatMap((query) => query.watermarks);
  const unfit = queries.find((query) => query.unfit !== undefined)?.unfit;
  return {
    name,
    trigger: first.trigger,
    checkpoint: first.checkpoint,
    sinks: queries,
    tables: own.flatMap(({ tables }) => tables),
    lookups: own.flatMap(({ lookups }) => lookups),
    joins: own.flatMap(({ joins }) => joins),
    tops: own.flatMap(({ tops }) => tops),
    latest: own.flatMap(({ latest }) => latest),
    keySets: own.flatMap(({ keySets }) => keySets),
    limits: own.flatMap(({ limits }) => limits),
    watermarks: watermarks.filter(({ operatorId }, at) => watermarks.findIndex((other) => other.operatorId === operatorId) === at),
    calls: own.flatMap(({ calls }) => calls),
    states: own.flatMap(({ states }) => states),
    pipelines: [...pipelines, ...last],
    ...(unfit === undefined ? {} : { unfit }),
    text: [`Query ${name}: ${queries.map((query) => query.name).join(", ")}, committed together`, ...queries.flatMap(({ text }) => text.map((line) => `  ${line}`))],
  };
}

/** Puts a sink's reads beside those of the sinks before it, in its own order; what follows its last read goes to the end of the batch. */
function takeIn(pipelines: readonly Pipeline[], shared: SharedRead[], last: Pipeline[]): void {
  const lastRead = pipelines.findLastIndex(({ producer }) => producer.kind === "read");
  let place = -1;
  let reading: string | undefined;
  for (const [at, pipeline] of pipelines.entries()) {
    const { producer, isStatic } = pipeline;
    if (producer.kind === "read") {
      const input = producer.read.input.name;
      // Pipelines of one read stay together.
      const from = reading === producer.read.name ? place : place + 1;
      reading = producer.read.name;
      const found = shared.findIndex((read, index) => index >= from && read.input === input && read.isStatic === isStatic);
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

/** How often the sink that uses a read most often does. */
function usesOf(takers: readonly Pipeline[]): number {
  return Math.max(...takers.map(({ producer }) => (producer.kind === "read" ? producer.read.uses : 1)));
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
    if (of.kind === "groups" || of.kind === "group changes") return { ...of, table: mine(of.table) };
    if (of.kind === "lookup") return { ...of, lookup: mine(of.lookup) };
    if (of.kind === "ranked") return { ...of, top: mine(of.top) };
    if (of.kind === "state") return { ...of, state: mine(of.state) };
    if (of.kind === "called") return { ...of, call: mine(of.call) };
    if (of.kind === "joined") return { ...of, join: mine(of.join) };
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
    if (of.kind === "join side") return { ...of, join: mine(of.join) };
    if (of.kind === "top") return { ...of, top: mine(of.top) };
    if (of.kind === "latest") return { ...of, latest: mine(of.latest) };
    if (of.kind === "state" || of.kind === "first states") return { ...of, state: mine(of.state) };
    if (of.kind === "call") return { ...of, call: mine(of.call) };
    if (of.kind === "marks") return { ...of, step: step(of.step) };
    return of.kind === "rows" ? { ...of, buffer: buffer(of.buffer) } : of;
  };
  return {
    ...query,
    tables: query.tables.map((table) => ({ ...table, id: mine(table.id), above: table.above.map(mine) })),
    lookups: query.lookups.map((lookup) => ({ ...lookup, id: mine(lookup.id) })),
    joins: query.joins.map((join) => ({ ...join, id: mine(join.id), above: join.above.map(mine) })),
    tops: query.tops.map((top) => ({ ...top, id: mine(top.id), above: top.above.map(mine) })),
    latest: query.latest.map((rows) => ({ ...rows, id: mine(rows.id), above: rows.above.map(mine) })),
    keySets: query.keySets.map((keys) => ({ ...keys, id: mine(keys.id), kept: keys.kept === undefined ? undefined : { ...keys.kept, above: keys.kept.above.map(mine) } })),
    limits: query.limits.map((limit) => ({ ...limit, id: mine(limit.id) })),
    watermarks: query.watermarks.map((spec) => ({ ...spec, operatorId: watermark(spec.operatorId) })),
    states: query.states.map((state) => ({ ...state, id: mine(state.id), above: state.above.map(mine) })),
    calls: query.calls.map((call) => ({ ...call, id: mine(call.id) })),
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
