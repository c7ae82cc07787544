import { mixedSideOutput } from "../../diagnostics/catalogue/connectors.ts";
import { lateRoutesDiffer } from "../../diagnostics/catalogue/streaming.ts";
import { columnRef, literals } from "../../ir/expr/build.ts";
import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import type { LogicalQuery } from "../../ir/logical/job.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { Aggregate as AggregateNode, Dedup as DedupNode, Join as JoinNode, LateRoute, LogicalPlan, Top as TopNode, UserState as UserStateNode, Watermark } from "../../ir/logical/plan.ts";
import { Aggregate, Dedup, Top } from "../../ir/logical/plan.ts";
import { deriveStreaming, holdsResult, type StreamingProperties } from "../../ir/logical/streaming-properties.ts";
import type { Field } from "../../ir/types/data-type.ts";
import { durationType, sameType, stringType, typeText } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";

/** The queries with their late routes, and the columns of every side output that takes late rows. */
export interface LateRoutes {
  readonly queries: readonly LogicalQuery[];
  readonly columns: ReadonlyMap<string, readonly Field[]>;
}

type RouterNode = AggregateNode | DedupNode | JoinNode | TopNode | UserStateNode;

/** A stateful step whose late rows go into a side output, with the columns that it still has of those of the watermark step. */
interface Router {
  readonly node: RouterNode;
  /** Which of its inputs: a join of two streams has a route for each. */
  readonly at: number;
  readonly sideOutput: string;
  readonly carried: readonly Carried[];
}

interface Carried {
  readonly name: string;
  readonly expr: Expr;
}

/** What comes behind the columns of a late row: by how much it is late, and the step that set it aside. */
const behind: readonly Field[] = [
  { name: "late_by", type: durationType, nullable: false },
  { name: "step", type: stringType, nullable: false },
];

/**
 * Gives every step that sets late rows aside its route, where the watermark before it says `late into` (semantics 0.5). All steps that
 * send into one side output send rows of the same columns: those that any of them has, null where one has not. The results of an aggregate
 * reach the next step before they are late, so none is routed there. A side output whose watermark no step of a query goes by takes
 * the columns of the watermark step.
 */
export function withLateRoutes(queries: readonly LogicalQuery[], job: JobContext): LateRoutes {
  const routers = queries.flatMap(({ plan, mode }) => routersOf(plan, mode, job));
  const columns = new Map<string, readonly Field[]>();
  for (const { sideOutput, carried, node } of routers) columns.set(sideOutput, merged(sideOutput, columns.get(sideOutput), fieldsOf(carried), node.origin, job));
  const routing = new Set(routers.map(({ sideOutput }) => sideOutput));
  for (const { sideOutput, watermark } of sendingWatermarks(queries)) {
    if (!routing.has(sideOutput)) columns.set(sideOutput, merged(sideOutput, columns.get(sideOutput), fieldsOf(carriedFrom(watermark, watermark)), watermark.origin, job));
  }
  // A column that one of several steps has not is null there.
  for (const { sideOutput, carried } of routers) {
    columns.set(sideOutput, (columns.get(sideOutput) ?? []).map((field) => (carried.some(({ name }) => name === field.name) ? field : { ...field, nullable: true })));
  }
  for (const [sideOutput, fields] of columns) {
    const order = sendingWatermarks(queries).flatMap((sender) => (sender.sideOutput === sideOutput ? (sender.watermark.spec.lateColumns ?? []) : [])).map(({ name }) => name);
    columns.set(sideOutput, [...fields].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name)));
  }
  const routes: Routes = new Map();
  for (const { node, at, sideOutput, carried } of routers) {
    const list = (columns.get(sideOutput) ?? []).map(({ name, type }) => ({ name, expr: carried.find((column) => column.name === name)?.expr ?? literals.null(type) }));
    routes.set(node, (routes.get(node) ?? new Map()).set(at, { sideOutput, columns: list }));
  }
  return {
    queries: queries.map((query) => ({ ...query, plan: routed(query.plan, routes) })),
    columns: new Map([...columns].map(([name, fields]) => [name, [...fields, ...behind]])),
  };
}

function sendingWatermarks(queries: readonly LogicalQuery[]): readonly { readonly sideOutput: string; readonly watermark: Watermark }[] {
  const found: { readonly sideOutput: string; readonly watermark: Watermark }[] = [];
  for (const { plan } of queries) {
    plan.visit((node) => {
      if (node.kind === "Watermark" && node.spec.late?.kind === "into") found.push({ sideOutput: node.spec.late.sideOutput, watermark: node });
    });
  }
  return found;
}

function routersOf(plan: LogicalPlan, mode: LogicalQuery["mode"], job: JobContext): readonly Router[] {
  const properties = deriveStreaming(plan, mode);
  const found: Router[] = [];
  plan.visit((node) => {
    for (const at of lateInputs(node, properties)) {
      const input = node.children[at];
      if (input !== undefined && isRouting(node) && !holdsResult(input, true)) found.push(...routerOf(node, at, input, properties, job));
    }
  });
  return found;
}

function isRouting(node: LogicalPlan): node is RouterNode {
  return node.kind === "Aggregate" || node.kind === "Dedup" || node.kind === "Join" || node.kind === "Top" || node.kind === "UserState";
}

/** The inputs of a step whose rows can be late for it. */
function lateInputs(node: LogicalPlan, properties: StreamingProperties): readonly number[] {
  const { lateBy, joins } = properties.of(node);
  if (joins !== undefined) return [joins.lateLeft, joins.lateRight].flatMap((time, at) => (time === undefined ? [] : [at]));
  return lateBy === undefined ? [] : [0];
}

function routerOf(node: RouterNode, at: number, input: LogicalPlan, properties: StreamingProperties, job: JobContext): readonly Router[] {
  const watermarks = watermarksOf(node, input, properties);
  const ways = new Map(watermarks.flatMap(({ spec }) => (spec.late === undefined ? [] : [[wayText(spec), spec]])));
  if (ways.size > 1 && node.origin !== undefined) {
    const diagnostic = lateRoutesDiffer({ routes: [...ways.keys()].join(" and ") }).at(node.origin);
    job.report(watermarks.reduce((all, { origin }) => (origin === undefined ? all : all.also(origin, "one of its watermarks")), diagnostic).helped("write the same `late …` at each of them"));
  }
  const [first] = watermarks;
  if (ways.size !== 1 || first?.spec.late?.kind !== "into") return [];
  const carried = watermarks.flatMap((watermark) => carriedFrom(watermark, input));
  return [{ node, at, sideOutput: first.spec.late.sideOutput, carried: carried.filter(({ name }, place) => carried.findIndex((other) => other.name === name) === place) }];
}

/** The watermarks that rows of an input are late by; above a join of two streams that of the side whose event time the step goes by. */
function watermarksOf(node: RouterNode, input: LogicalPlan, properties: StreamingProperties): readonly Watermark[] {
  const all = watermarksBelow(input);
  const { lateBy } = properties.of(node);
  if (lateBy === undefined || !nodesOf(input).some((below) => properties.of(below).joins !== undefined)) return all;
  const own = all.filter(({ spec }) => holds(input, lateBy.column, spec.column));
  return own.length === 0 ? all.slice(0, 1) : own;
}

function wayText({ late }: Watermark["spec"]): string {
  return late?.kind === "into" ? `\`late into ${late.sideOutput}\`` : "`late drop`";
}

function watermarksBelow(node: LogicalPlan): readonly Watermark[] {
  if (node.kind === "Watermark") return [node];
  return node.children.filter((child) => child.streaming).flatMap(watermarksBelow);
}

/** The columns of a watermark step that rows at a later node still have, in the order and under the names of the watermark step. */
function carriedFrom({ spec }: Watermark, at: LogicalPlan): readonly Carried[] {
  return (spec.lateColumns ?? []).flatMap(({ id, name }) => {
    const column = at.output.find((candidate) => holds(at, candidate.id, id));
    return column === undefined ? [] : [{ name, expr: columnRef(column.id, column.name, column.type, column.nullable) }];
  });
}

/** Whether a column of a node passes on a column of a node below it, as it is. */
function holds(node: LogicalPlan, column: ColumnId, sought: ColumnId): boolean {
  if (column === sought) return true;
  if (node.kind === "Project") {
    const { expr } = node.columns.find(({ id }) => id === column) ?? {};
    return expr?.kind === "ColumnRef" && holds(node.input, expr.id, sought);
  }
  if (node.kind === "Union") {
    const { sources } = node.columns.find(({ id }) => id === column) ?? {};
    return sources !== undefined && node.inputs.some((input, index) => holds(input, sources[index] ?? column, sought));
  }
  return node.children.some((child) => child.output.some(({ id }) => id === column) && holds(child, column, sought));
}

function fieldsOf(carried: readonly Carried[]): readonly Field[] {
  return carried.map(({ name, expr }) => ({ name, type: expr.type, nullable: expr.nullable }));
}

/** The columns of two kinds of late rows in one. */
function merged(output: string, known: readonly Field[] | undefined, added: readonly Field[], at: Span | undefined, job: JobContext): readonly Field[] {
  for (const { name, type } of added) {
    const before = known?.find((field) => field.name === name);
    const differs = before !== undefined && !sameType(before.type, type);
    const taken = behind.some((field) => field.name === name);
    if (at === undefined || (!differs && !taken)) continue;
    const message = taken ? `late rows carry \`late_by\` and \`step\`, and these have a column \`${name}\` of their own` : `the late rows in \`${output}\` would hold \`${name}\` as ${typeText(before?.type ?? type)} and as ${typeText(type)}`;
    job.report(mixedSideOutput({ message }).at(at).helped(taken ? `rename \`${name}\` before the \`watermark\`` : "use two side outputs"));
  }
  const both = (known ?? added).map((field) => ({ ...field, nullable: field.nullable || added.some(({ name, nullable }) => name === field.name && nullable) }));
  return [...both, ...added.filter(({ name }) => !both.some((field) => field.name === name))];
}

/** By step, by the place of the input. */
type Routes = Map<LogicalPlan, Map<number, LateRoute>>;

/** The plan with the routes at their steps. */
function routed(node: LogicalPlan, routes: Routes): LogicalPlan {
  const children = node.children.map((child) => routed(child, routes));
  const same = children.every((child, at) => child === node.children[at]);
  const rebuilt = same ? node : node.withChildren(children);
  const late = routes.get(node);
  if (late === undefined) return rebuilt;
  const [first, second] = [late.get(0), late.get(1)];
  if (rebuilt.kind === "Aggregate") return new Aggregate(rebuilt.input, rebuilt.groups, rebuilt.aggregates, rebuilt.operatorId, rebuilt.origin, first, rebuilt.perBatch);
  if (rebuilt.kind === "Dedup") return new Dedup(rebuilt.input, rebuilt.keys, rebuilt.operatorId, rebuilt.origin, rebuilt.within, first);
  if (rebuilt.kind === "Top") return new Top(rebuilt.input, rebuilt.spec, rebuilt.operatorId, rebuilt.origin, first);
  if (rebuilt.kind === "UserState") return rebuilt.withSpec(rebuilt.spec, first);
  if (rebuilt.kind === "Join") return rebuilt.with({ sides: { ...rebuilt.sides, ...(first === undefined ? {} : { lateLeft: first }), ...(second === undefined ? {} : { lateRight: second }) } });
  return rebuilt;
}
