import type { Span } from "../../source/span.ts";
import type { ColumnId, Expr } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import { isLatest } from "./join-properties.ts";
import type { LogicalQuery } from "./job.ts";
import type { Aggregate, Dedup, Join, LogicalPlan, Scan, Top, Union, UserState } from "./plan.ts";
import { declaredOf, mapped, placesOf, sameKey, type Declared, type Spread } from "./spread.ts";
import { deriveStreaming, type StreamingProperties } from "./streaming-properties.ts";

/** Why a query cannot be divided into shards. */
export interface ShardObstacle {
  /** `source`: what is read; `key`: a step by key; `join`; `whole`: a step over all rows; `table`: rows of a table would come from every shard; `code`: the user's code takes the whole result. */
  readonly kind: "source" | "key" | "join" | "whole" | "table" | "code";
  /** What stands in the way, in the job's words: `aggregate`. */
  readonly what: string;
  readonly reason: string;
  /** The edit that mends it. */
  readonly help: string;
  readonly at: Span;
}

/** What is known of a query's shards. */
export interface QueryShards {
  readonly obstacles: readonly ShardObstacle[];
  /** By each step with a key: the places of the declared columns among its key columns. */
  readonly places: ReadonlyMap<LogicalPlan, readonly number[]>;
  /** Whose rows come to such a step: these must lie as their source declares it. */
  readonly scans: ReadonlySet<LogicalPlan>;
}

/**
 * Whether the processes of a sharded job, each with some partitions of every topic, give together what one process gives: each step that puts rows together by a key must find
 * all rows of a key in one shard. It does where its key holds copies of the columns by which the source is partitioned (`partitionedBy`).
 */
export function shardsOf(query: Pick<LogicalQuery, "plan" | "mode" | "sink" | "name" | "span">): QueryShards {
  const walk = new ShardWalk(query.span, deriveStreaming(query.plan, query.mode));
  walk.of(query.plan);
  walk.checkOneKey();
  if (!query.plan.streaming) {
    walk.obstacles.push({ kind: "source", what: `\`${query.name}\``, reason: "it reads tables only, which every shard reads whole", help: "leave it out of the shards: name the others with --query", at: query.span });
  }
  if (query.mode === "complete" && query.sink.writer !== undefined) {
    walk.obstacles.push({ kind: "code", what: `\`${query.name}\``, reason: "each shard would give its part of the result to your code as the whole", help: "take `mode update`, whose rows come by their key", at: query.span });
  }
  return walk;
}

class ShardWalk implements QueryShards {
  readonly obstacles: ShardObstacle[] = [];
  readonly places = new Map<LogicalPlan, readonly number[]>();
  readonly scans = new Set<LogicalPlan>();
  readonly #declared: { readonly declared: Declared; readonly node: LogicalPlan }[] = [];
  readonly #span: Span;
  readonly #properties: StreamingProperties;

  constructor(span: Span, properties: StreamingProperties) {
    this.#span = span;
    this.#properties = properties;
  }

  /** How the rows of a node lie over the shards. What stands in the way is noted. */
  of(node: LogicalPlan): Spread {
    if (!node.streaming) return { kind: "table" };
    switch (node.kind) {
      case "Scan":
        return this.#scan(node);
      case "Filter":
      case "Watermark":
      case "Explode":
        return this.of(node.input);
      case "Project":
        return mapped(this.of(node.input), (columns) => node.columns.flatMap(({ id, expr }) => (isCopy(expr, columns) ? [id] : [])));
      case "Expand":
        return mapped(this.of(node.input), (columns) => [...columns, ...node.columns.flatMap(({ id, values }) => (values.every((value) => isCopy(value, columns)) ? [id] : []))]);
      case "Apply": {
        const below = this.of(node.input);
        return mapped(below, () => []);
      }
      case "Aggregate":
        return this.#aggregate(node);
      case "Dedup":
        return this.#keyed(node, "dedup", this.of(node.input), node.keys);
      case "Top":
        return this.#keyed(node, `top ${node.spec.count}`, this.of(node.input), node.spec.per);
      case "UserState":
        return this.#userState(node);
      case "Join":
        return this.#join(node);
      case "Union":
        return this.#union(node);
      case "Sort":
        this.#whole(node, "order by", "the order is one of all rows, and each shard would have its own");
        return this.of(node.input);
      case "Limit":
        this.#whole(node, "limit", "it counts the rows of all shards");
        return this.of(node.input);
    }
  }

  #scan(node: Scan): Spread {
    const { input } = node;
    if (input.connector !== "kafka") {
      this.#note("source", node, `\`${input.name}\``, `a ${input.connector} source has no partitions that shards could share`, "read it from Kafka, or run the query in one process");
      return { kind: "any" };
    }
    const declared = declaredOf(input);
    if (declared === undefined) return { kind: "any", input };
    return mapped({ kind: "by", declared, columns: declared.fields.map(() => new Set<ColumnId>()), scans: new Set([node]) }, (_, at) => node.columns.flatMap(({ id, name }) => (name === declared.fields[at]?.name ? [id] : [])));
  }

  #aggregate(node: Aggregate): Spread {
    const keys = node.keys.map(({ expr }) => expr);
    const below = this.#keyed(node, "aggregate", this.of(node.input), keys);
    return mapped(below, (columns) => node.keys.flatMap(({ id, expr }) => (isCopy(expr, columns) ? [id] : [])));
  }

  #userState(node: UserState): Spread {
    const { keys, kind, fn } = node.spec;
    if (node.initial !== undefined) this.#note("table", node, `\`state ${fn.name}\``, "every shard would begin with the first states of all keys", "leave `initial` out, or run the query in one process");
    const below = this.#keyed(node, `state ${fn.name}`, this.of(node.input), keys.map(({ expr }) => expr));
    return mapped(below, (columns) => (kind === "update" ? keys.flatMap(({ id, expr }) => (isCopy(expr, columns) ? [id] : [])) : []));
  }

  /** A step that puts the rows of a key together. */
  #keyed(node: Aggregate | Dedup | Top | UserState, step: string, spread: Spread, keys: readonly Expr[]): Spread {
    const places = placesOf(spread, keys);
    if (places !== undefined) this.#place(node, places, spread);
    else if (spread.kind !== "table") this.#note("key", node, `\`${step}\``, keyReason(spread, keys), keyHelp(spread, keys));
    return spread;
  }

  #place(node: LogicalPlan, places: readonly number[], ...spreads: readonly Spread[]): void {
    this.places.set(node, places);
    for (const spread of spreads) {
      if (spread.kind !== "by") continue;
      this.#declared.push({ declared: spread.declared, node });
      for (const scan of spread.scans) this.scans.add(scan);
    }
  }

  /** All state of a query goes by one key, so that it can be spread anew over another number of shards. */
  checkOneKey(): void {
    const [first] = this.#declared;
    const other = this.#declared.find(({ declared }) => first !== undefined && !sameKey(first.declared, declared));
    if (first === undefined || other === undefined) return;
    this.#note("join", other.node, "its state", `that goes by the key of \`${other.declared.input.name}\` here and by that of \`${first.declared.input.name}\` elsewhere`, "make two queries of it");
  }

  #whole(node: LogicalPlan, step: string, reason: string): void {
    this.#note("whole", node, `\`${step}\``, reason, "leave it out, or put the shards' results in order in another job");
  }

  #join(node: Join): Spread {
    const [left, right] = [this.of(node.left), this.of(node.right)];
    if (left.kind === "table" || right.kind === "table") return this.#besideTable(node, left, right);
    const what = `\`join${node.sides.latest === true ? " latest" : ""}\``;
    if (left.kind !== "by" || right.kind !== "by") {
      const other = left.kind === "by" ? right : left;
      this.#note("join", node, what, keyReason(other, []), keyHelp(other, node.equalities.map((pair) => (left.kind === "by" ? pair.right : pair.left))));
      return { kind: "any" };
    }
    if (!sameKey(left.declared, right.declared)) {
      this.#note("join", node, what, `\`${left.declared.input.name}\` is partitioned by ${namesOf(left)}, and \`${right.declared.input.name}\` by ${namesOf(right)}: equal keys are in other partitions`, "partition both topics by the same key, of the same types (of several columns by the same names too)");
      return { kind: "any" };
    }
    const places = left.columns.map((columns, at) => node.equalities.findIndex((pair) => isCopy(pair.left, columns) && isCopy(pair.right, right.columns[at])));
    if (places.includes(-1)) {
      this.#note("join", node, what, `it does not ask that ${left.declared.fields.map(({ name }, at) => `\`${name}\` of \`${left.declared.input.name}\` is \`${right.declared.fields[at]?.name ?? name}\` of \`${right.declared.input.name}\``).join(" and ")}, by which the topics are partitioned`, "join on these columns too, or partition the topics by the columns of the join");
      return { kind: "any" };
    }
    this.#place(node, places, left, right);
    switch (node.joinKind) {
      case "inner":
      case "cross":
        return isLatest(node) ? left : mapped(left, (columns, at) => [...columns, ...(right.columns[at] ?? [])]);
      case "right":
        return right;
      // The columns of a row without a partner are nulls on the other side, whichever that is.
      case "full":
        return { kind: "any", lost: left.declared.fields.map(({ name }) => name) };
      default:
        return left;
    }
  }

  /** Every shard has the whole table: it may be looked up in, and none of its rows may come out by itself. */
  #besideTable(node: Join, left: Spread, right: Spread): Spread {
    const [stream, kept] = right.kind === "table" ? [left, node.joinKind === "right" || node.joinKind === "full"] : [right, ["left", "full", "semi", "anti"].includes(node.joinKind)];
    if (kept) this.#note("table", node, "`join`", "it keeps rows of the table, which would come out of every shard", "turn the join round, so that it keeps the rows of the stream");
    else if (this.#properties.of(node).joins !== undefined) this.#note("table", node, "`join`", "the table becomes part of the state of every shard, because the rows beside it may be taken back", "join the table before the rows are put together, or in another job");
    if (node.joinKind !== "inner") return stream;
    // What an inner join sets equal is a copy.
    return mapped(stream, (columns) => [...columns, ...node.equalities.flatMap(({ left: one, right: other }) => [...copyOf(one, other, columns), ...copyOf(other, one, columns)])]);
  }

  #union(node: Union): Spread {
    const inputs = node.inputs.map((input) => this.of(input));
    if (inputs.some(({ kind }) => kind === "table")) this.#note("table", node, "`union`", "the rows of the table would come out of every shard", "leave the table out, or write it by a query of its own");
    const [first] = inputs;
    const other = inputs.find(({ kind }) => kind !== "by");
    if (first?.kind !== "by" || other !== undefined) return other?.kind === "any" ? other : { kind: "any" };
    if (!inputs.every((input) => input.kind === "by" && sameKey(first.declared, input.declared))) return { kind: "any", lost: first.declared.fields.map(({ name }) => name) };
    const scans = new Set(inputs.flatMap((input) => (input.kind === "by" ? [...input.scans] : [])));
    return mapped({ ...first, scans }, (_, at) => node.columns.flatMap(({ id, sources }) => (inputs.every((input, which) => input.kind === "by" && input.columns[at]?.has(sources[which] ?? -1) === true) ? [id] : [])));
  }

  #note(kind: ShardObstacle["kind"], node: LogicalPlan, what: string, reason: string, help: string): void {
    this.obstacles.push({ kind, what, reason, help, at: node.kind === "Scan" ? node.input.span : (node.origin ?? this.#span) });
  }
}

function isCopy(expr: Expr, columns: ReadonlySet<ColumnId> | undefined): boolean {
  return expr.kind === "ColumnRef" && columns?.has(expr.id) === true;
}

function copyOf(one: Expr, other: Expr, columns: ReadonlySet<ColumnId>): readonly ColumnId[] {
  return isCopy(one, columns) && other.kind === "ColumnRef" ? [other.id] : [];
}

function namesOf(spread: Spread): string {
  return spread.kind === "by" ? spread.declared.fields.map(({ name }) => `\`${name}\``).join(", ") : "";
}

function keyReason(spread: Spread, keys: readonly Expr[]): string {
  if (spread.kind === "by") {
    const lacks = spread.declared.fields.filter((_, at) => !keys.some((key) => isCopy(key, spread.columns[at])));
    const names = lacks.map(({ name }) => `\`${name}\``).join(", ");
    return keys.length === 0 ? "it puts rows of all shards together" : `its key (${keys.map(exprText).join(", ")}) does not hold ${names}, by which \`${spread.declared.input.name}\` is partitioned`;
  }
  if (spread.kind === "any" && spread.input !== undefined) return `\`${spread.input.name}\` does not say by which columns it is partitioned, so that rows of one key may be in several shards`;
  if (spread.kind === "any" && spread.lost !== undefined) return `${spread.lost.map((name) => `\`${name}\``).join(", ")}, by which the source is partitioned, cannot be told from its rows any more`;
  return "rows of one key may be in several shards";
}

function keyHelp(spread: Spread, keys: readonly Expr[]): string {
  const names = keys.flatMap((key) => (key.kind === "ColumnRef" ? [key.name] : []));
  const [name = "COLUMN"] = names;
  if (spread.kind === "any" && spread.input !== undefined) return `if the messages' key is that column, write \`partitionedBy: ${JSON.stringify(name)}\` at the source \`${spread.input.name}\``;
  if (spread.kind === "by") return `put ${namesOf(spread)} into its key, or run the query in one process`;
  return "keep the columns as they are up to this step (a copy under another name will do), or run the query in one process";
}
