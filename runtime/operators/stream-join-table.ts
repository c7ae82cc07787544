import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { EventTimeBounds } from "./event-time-bounds.ts";
import { KeptStreamJoin } from "./kept-stream-join.ts";
import { type MakePair, pairMaker } from "./packed-pair.ts";
import { plainRow } from "./row-view.ts";
import { RowCounts } from "./row-counts.ts";
import type { KeptOperator, StateCodec } from "./stateful.ts";
import type { LanesOf } from "../state/lane-packer.ts";
import type { JoinColumns, JoinedRow, JoinOfLanes, PairPath, SelectedRow, SelectedRows, StreamJoin, StreamJoinKind, StreamJoinSpec } from "./stream-join.ts";
import { StreamJoinKeys } from "./stream-join-keys.ts";
import { StreamJoinRows } from "./stream-join-rows.ts";

/** Makes a join of two streams that is kept in the checkpoint. `seed` starts its hashes: any number, best a random one, and never stored. */
export function createStreamJoin<Left, Right>(
  operatorId: string, spec: StreamJoinSpec<Left, Right>, codec: StateCodec, seed: number = 0x2545f491,
): { readonly join: StreamJoin<Left, Right>; readonly state: KeptOperator } {
  const table = new StreamJoinTable(spec, new StreamJoinKeys(Object.values<TypeDescriptor>(spec.key), spec.nullSafe ?? [], codec.writer(), seed));
  return { join: table, state: new KeptStreamJoin(operatorId, spec, table, codec) };
}

/**
 * A row meets the rows of the other side that came before it, those of its batch too, and none is given up before the batch has ended, so
 * that the order in which a batch's rows come changes neither pairs nor null rows. A left row of a semi or anti join is given up with its first match.
 */
export class StreamJoinTable<Left, Right> implements StreamJoin<Left, Right> {
  readonly keys: StreamJoinKeys;
  readonly left: StreamJoinRows<Left>;
  readonly right: StreamJoinRows<Right>;
  readonly bounds = new EventTimeBounds();
  readonly counts = new RowCounts();
  readonly #kind: StreamJoinKind;
  /** Whether a left row comes out, or is gone, with its first match. */
  readonly #matchesOnce: boolean;
  /** Whether rows of the side come out that have no match. */
  readonly #showsLeft: boolean;
  readonly #showsRight: boolean;
  readonly #residual: StreamJoinSpec<Left, Right>["residual"];
  readonly #columns: { readonly left: JoinColumns; readonly right: JoinColumns };
  readonly #leftOfLanes: JoinOfLanes = { add: (key, row, meets = true) => this.#addLeftOfLanes(key, row, meets) };
  readonly #rightOfLanes: JoinOfLanes = { add: (key, row, meets = true) => this.#addRightOfLanes(key, row, meets) };
  #found: JoinedRow<Left, Right>[] = [];
  /** What was read of it in this batch: a stream may be used twice. */
  #taken: readonly JoinedRow<Left, Right>[] | undefined;

  constructor({ kind, left, right, residual }: StreamJoinSpec<Left, Right>, keys: StreamJoinKeys) {
    this.keys = keys;
    this.left = new StreamJoinRows(keys, left);
    this.right = new StreamJoinRows(keys, right);
    this.#kind = kind;
    this.#matchesOnce = kind === "semi" || kind === "anti";
    this.#showsLeft = kind === "left" || kind === "full" || kind === "anti";
    this.#showsRight = kind === "right" || kind === "full";
    this.#residual = residual;
    this.#columns = { left: left.columns, right: right.columns };
  }

  isLate(time: number | null): boolean {
    if (time === null || time > this.bounds.late) return false;
    this.counts.late++;
    return true;
  }

  addLeft(key: readonly unknown[], row: Left, meets: boolean = true): void {
    if (!meets) {
      if (this.#showsLeft) this.#found.push({ left: row, right: null });
      return;
    }
    const meetsNone = this.keys.meetsNone(key);
    if (meetsNone && !this.#showsLeft) return;
    const id = this.keys.idOf(key);
    const isMatched = !meetsNone && this.#meetRight(id, row);
    if (isMatched && this.#matchesOnce) return;
    this.left.add(id, row, isMatched && this.#showsLeft);
    this.counts.updated++;
  }

  addRight(key: readonly unknown[], row: Right, meets: boolean = true): void {
    if (!meets) {
      if (this.#showsRight) this.#found.push({ left: null, right: row });
      return;
    }
    const meetsNone = this.keys.meetsNone(key);
    if (meetsNone && !this.#showsRight) return;
    const id = this.keys.idOf(key);
    // Kept first: the key would be gone with the last left row that is given up for this one.
    const at = this.right.add(id, row, false);
    if (!meetsNone && this.#meetLeft(id, row) && this.#showsRight) this.right.match(at);
    this.counts.updated++;
  }

  leftFrom(lanes: LanesOf<Left>): JoinOfLanes {
    this.left.from(lanes);
    return this.#leftOfLanes;
  }

  rightFrom(lanes: LanesOf<Right>): JoinOfLanes {
    this.right.from(lanes);
    return this.#rightOfLanes;
  }

  #addLeftOfLanes(key: readonly unknown[], row: number, meets: boolean): void {
    if (!meets) {
      if (this.#showsLeft) this.#found.push({ left: this.left.rowOfLanes(row), right: null });
      return;
    }
    const meetsNone = this.keys.meetsNone(key);
    if (meetsNone && !this.#showsLeft) return;
    const id = this.keys.idOf(key);
    const at = this.left.addOfLanes(id, row);
    if (!meetsNone && this.right.firstOf(id) >= 0 && this.#meetRight(id, this.left.row(at))) {
      if (this.#matchesOnce) {
        this.left.remove(at);
        return;
      }
      if (this.#showsLeft) this.left.match(at);
    }
    this.counts.updated++;
  }

  #addRightOfLanes(key: readonly unknown[], row: number, meets: boolean): void {
    if (!meets) {
      if (this.#showsRight) this.#found.push({ left: null, right: this.right.rowOfLanes(row) });
      return;
    }
    const meetsNone = this.keys.meetsNone(key);
    if (meetsNone && !this.#showsRight) return;
    const id = this.keys.idOf(key);
    const at = this.right.addOfLanes(id, row);
    if (!meetsNone && this.left.firstOf(id) >= 0 && this.#meetLeft(id, this.right.row(at)) && this.#showsRight) this.right.match(at);
    this.counts.updated++;
  }

  take(): Iterable<JoinedRow<Left, Right>> {
    const taken = this.#taking();
    return this.left.isPacked || this.right.isPacked ? { [Symbol.iterator]: () => asObjects(taken) } : taken;
  }

  /** What the batch gives, rows that are kept as bytes as such. */
  #taking(): readonly JoinedRow<Left, Right>[] {
    if (this.#taken !== undefined) return this.#taken;
    const { left, right } = this;
    const taken = this.#found;
    this.#found = [];
    this.#taken = taken;
    if (this.#showsLeft) for (const at of left.unmatchedUpTo(left.boundAt(this.bounds.evict))) taken.push({ left: left.given(at), right: null });
    if (this.#showsRight) for (const at of right.unmatchedUpTo(right.boundAt(this.bounds.evict))) taken.push({ left: null, right: right.given(at) });
    return this.#taken;
  }

  selecting<Paths extends Readonly<Record<string, PairPath<Left, Right>>>>(paths: Paths): SelectedRows<SelectedRow<Left, Right, StreamJoinKind, Paths>> {
    const pair = pairMaker(paths, this.#columns.left, this.#columns.right);
    this.left.giveViews();
    this.right.giveViews();
    return { take: () => ({ [Symbol.iterator]: () => asPairs<SelectedRow<Left, Right, StreamJoinKind, Paths>>(this.#taking(), pair) }) };
  }

  /** Gives up what the batch's watermark has passed. */
  evict(): void {
    const { evict } = this.bounds;
    this.counts.removed += this.left.evict(this.left.boundAt(evict)) + this.right.evict(this.right.boundAt(evict));
  }

  /** Forgets what the batch has found so far. */
  drop(): void {
    this.left.begin();
    this.right.begin();
    this.#found = [];
    this.#taken = undefined;
  }

  clear(): void {
    this.left.clear();
    this.right.clear();
    this.keys.clear();
    this.drop();
    this.counts.clear();
  }

  /** Whether a left row that comes has a match. */
  #meetRight(key: number, row: Left): boolean {
    const { right } = this;
    let isMatched = false;
    for (let at = right.firstOf(key); at >= 0; at = right.afterOf(at)) {
      if (this.#residual !== undefined && !this.#residual(row, right.row(at))) continue;
      isMatched = true;
      if (this.#matchesOnce) break;
      this.#found.push({ left: row, right: right.given(at) });
      if (this.#showsRight) right.match(at);
    }
    if (isMatched && this.#kind === "semi") this.#found.push({ left: row, right: null });
    return isMatched;
  }

  /** Whether a right row that comes has a match. */
  #meetLeft(key: number, row: Right): boolean {
    const { left } = this;
    let isMatched = false;
    for (let at = left.firstOf(key), next = at; at >= 0; at = next) {
      next = left.afterOf(at);
      if (this.#residual !== undefined && !this.#residual(left.row(at), row)) continue;
      isMatched = true;
      if (this.#matchesOnce) {
        if (this.#kind === "semi") this.#found.push({ left: left.given(at), right: null });
        left.remove(at);
        this.counts.removed++;
        continue;
      }
      this.#found.push({ left: left.given(at), right: row });
      if (this.#showsLeft) left.match(at);
    }
    return isMatched;
  }
}

/** Rows that are kept as bytes become objects one by one, as they are read, so that few are there at a time. */
function* asObjects<Left, Right>(rows: readonly JoinedRow<Left, Right>[]): Generator<JoinedRow<Left, Right>> {
  let [lastLeft, left]: [Left | null, Left | null] = [null, null];
  let [lastRight, right]: [Right | null, Right | null] = [null, null];
  for (const row of rows) {
    // A row that came met its partners one after the other.
    if (row.left !== lastLeft) left = plainRow((lastLeft = row.left));
    if (row.right !== lastRight) right = plainRow((lastRight = row.right));
    yield { left, right } as JoinedRow<Left, Right>;
  }
}

/** Rows of selected columns, made as they are read. */
function* asPairs<Row>(rows: readonly JoinedRow<unknown, unknown>[], pair: MakePair): Generator<Row> {
  // Rows are objects, and the class has an accessor for each of the columns.
  for (const { left, right } of rows) yield pair(left as object | null, right as object | null) as Row;
}
