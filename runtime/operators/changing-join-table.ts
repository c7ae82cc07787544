import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import type { Weight } from "../changelog/change.ts";
import { takenBackTooOften } from "../errors/taken-back-too-often.ts";
import { ChangingJoinForm } from "./changing-join-form.ts";
import { ChangingJoinRows, type ShowsAlone } from "./changing-join-rows.ts";
import type { ChangingJoin, JoinedChange } from "./changing-join.ts";
import { EventTimeBounds } from "./event-time-bounds.ts";
import { KeptChangingJoin } from "./kept-changing-join.ts";
import { RowCounts } from "./row-counts.ts";
import type { KeptOperator, OperatorBatch, StateCodec } from "./stateful.ts";
import { StreamJoinKeys } from "./stream-join-keys.ts";
import type { StreamJoinKind, StreamJoinSpec } from "./stream-join.ts";

/** Makes a changing join that is kept in the checkpoint. `seed` starts its hashes: any number, best a random one, and never stored. */
export function createChangingJoin<Left, Right>(
  operatorId: string, spec: StreamJoinSpec<Left, Right>, codec: StateCodec, seed: number = 0x2545f491,
): { readonly join: ChangingJoin<Left, Right>; readonly state: KeptOperator } {
  const table = new ChangingJoinTable(operatorId, spec, codec, seed);
  return { join: table, state: new KeptChangingJoin(operatorId, spec, table, codec) };
}

/** When rows of the two sides show alone. */
const alone: Readonly<Record<StreamJoinKind, readonly [left: ShowsAlone, right: ShowsAlone]>> = {
  inner: ["never", "never"],
  left: ["unmatched", "never"],
  right: ["never", "unmatched"],
  full: ["unmatched", "unmatched"],
  semi: ["matched", "never"],
  anti: ["unmatched", "never"],
};

/** A row of a table that waits for the next batch. */
interface WaitingRow<Row> {
  readonly key: readonly unknown[];
  readonly row: Row;
  readonly meets: boolean;
}

/** One side: its rows, and those of its table that wait. */
interface Side<Row> {
  readonly rows: ChangingJoinRows<Row>;
  waiting: WaitingRow<Row>[] | undefined;
}

/**
 * Rows only change the multisets of their sides while a batch runs. What changed of the result is found once, at its end: each pair with a row that
 * changed is given as many times more (or less) as its two rows stand for more (or fewer) pairs than before the batch. So what comes and goes
 * within a batch costs nothing, and the order in which a batch's rows come changes nothing.
 */
export class ChangingJoinTable<Left, Right> implements ChangingJoin<Left, Right> {
  readonly keys: StreamJoinKeys;
  readonly left: ChangingJoinRows<Left>;
  readonly right: ChangingJoinRows<Right>;
  readonly bounds = new EventTimeBounds();
  readonly counts = new RowCounts();
  readonly #operatorId: string;
  readonly #residual: StreamJoinSpec<Left, Right>["residual"];
  /** Whether pairs come out. */
  readonly #givesPairs: boolean;
  readonly #leftSide: Side<Left>;
  readonly #rightSide: Side<Right>;
  #isRebuilding = false;
  #keepsTable = false;
  /** Those of the batch, once they are asked for. */
  #changes: readonly JoinedChange<Left, Right>[] | undefined;
  #taken: JoinedChange<Left, Right>[] = [];
  #given: JoinedChange<Left, Right>[] = [];

  constructor(operatorId: string, { kind, key, nullSafe = [], left, right, residual }: StreamJoinSpec<Left, Right>, codec: StateCodec, seed: number) {
    const types = Object.values<TypeDescriptor>(key);
    const [showsLeft, showsRight] = alone[kind];
    this.keys = new StreamJoinKeys(types, nullSafe, codec.writer(), seed);
    const parts = { keys: this.keys, codec, seed };
    this.left = new ChangingJoinRows(left, new ChangingJoinForm<Left>(false, types, left.columns), { ...parts, showsAlone: showsLeft });
    this.right = new ChangingJoinRows(right, new ChangingJoinForm<Right>(true, types, right.columns), { ...parts, showsAlone: showsRight });
    this.#leftSide = { rows: this.left, waiting: undefined };
    this.#rightSide = { rows: this.right, waiting: undefined };
    this.#operatorId = operatorId;
    this.#residual = residual;
    this.#givesPairs = kind !== "semi" && kind !== "anti";
  }

  /** Whether a side is a table that has been read. */
  get keepsTable(): boolean {
    return this.#keepsTable;
  }

  isLate(time: number | null): boolean {
    if (time === null || time > this.bounds.late) return false;
    this.counts.late++;
    return true;
  }

  changeLeft(weight: Weight, key: readonly unknown[], row: Left, meets: boolean = true): void {
    this.#change(this.#leftSide, weight, key, row, meets);
  }

  changeRight(weight: Weight, key: readonly unknown[], row: Right, meets: boolean = true): void {
    this.#change(this.#rightSide, weight, key, row, meets);
  }

  beginLeft(): void {
    this.#beginTable(this.#leftSide);
  }

  beginRight(): void {
    this.#beginTable(this.#rightSide);
  }

  endLeft(): void {
    this.#endTable(this.#leftSide);
  }

  endRight(): void {
    this.#endTable(this.#rightSide);
  }

  changes(): Iterable<JoinedChange<Left, Right>> {
    return this.#isRebuilding ? [] : (this.#changes ??= this.#findChanges());
  }

  shown(): Iterable<JoinedChange<Left, Right>> {
    return this.#isRebuilding ? this.#result() : this.changes();
  }

  begin(batch: OperatorBatch): void {
    this.bounds.begin(batch);
    this.#isRebuilding = batch.isRebuilding;
    this.#changes = undefined;
    this.left.link();
    this.right.link();
    if (batch.isRebuilding) return;
    this.#replaceWaiting(this.#leftSide);
    this.#replaceWaiting(this.#rightSide);
  }

  /** Ends the batch, and gives up what its watermark has passed. */
  evict(): void {
    // Whoever reads them: they tell which rows are matched.
    this.changes();
    const { left, right, counts } = this;
    const { evict } = this.bounds;
    counts.removed += left.settle() + right.settle();
    counts.removed += left.evict(evict) + right.evict(evict);
    this.#changes = undefined;
  }

  clear(): void {
    this.left.clear();
    this.right.clear();
    this.keys.clear();
    this.counts.clear();
    this.#changes = undefined;
    this.#leftSide.waiting = undefined;
    this.#rightSide.waiting = undefined;
  }

  #change<Row>(side: Side<Row>, weight: Weight, key: readonly unknown[], row: Row, meets: boolean): void {
    if (this.#isRebuilding) {
      side.waiting?.push({ key, row, meets });
      return;
    }
    const { rows } = side;
    const isMeeting = meets && !this.keys.meetsNone(key);
    if (!isMeeting && rows.showsAlone !== "unmatched") return;
    if (weight === 1) rows.add(key, row, isMeeting);
    else if (!rows.takeBack(key, row, isMeeting)) {
      // One that the watermark has given up is taken back for good.
      if (rows.isBounded) return;
      takenBackTooOften(`a row of the join ${this.#operatorId}`);
    }
    this.counts.updated++;
  }

  #beginTable<Row>(side: Side<Row>): void {
    this.#keepsTable = true;
    if (this.#isRebuilding) side.waiting = [];
    else side.rows.beginReplacing();
  }

  #endTable<Row>({ rows }: Side<Row>): void {
    if (!this.#isRebuilding) rows.endReplacing();
  }

  #replaceWaiting<Row>(side: Side<Row>): void {
    const { waiting } = side;
    if (waiting === undefined) return;
    side.waiting = undefined;
    this.#beginTable(side);
    for (const { key, row, meets } of waiting) this.#change(side, 1, key, row, meets);
    this.#endTable(side);
  }

  #findChanges(): readonly JoinedChange<Left, Right>[] {
    const { left, right } = this;
    for (const at of left.touched.slots()) if (left.meets(at) && this.#comesFirst(at)) this.#meetRight(at);
    for (const at of right.touched.slots()) if (right.meets(at) && right.isChanged(at)) this.#meetLeft(at);
    left.eachAlone((row, more) => this.#give(row, null, more));
    right.eachAlone((row, more) => this.#give(null, row, more));
    const changes = this.#taken.concat(this.#given);
    this.#taken = [];
    this.#given = [];
    return changes;
  }

  /** Whether a left row meets all rows of its key again, those that the batch changed among them: where only matches count, one that is new. */
  #comesFirst(at: number): boolean {
    const { left } = this;
    return this.#givesPairs ? left.isChanged(at) : left.countBefore(at) === 0 && left.countOf(at) > 0;
  }

  #meetRight(at: number): void {
    const { left, right } = this;
    if (!this.#givesPairs && this.#residual === undefined) {
      left.rematch(at, right.meetingOf(left.keyOf(at)));
      return;
    }
    for (let other = right.firstOf(left.keyOf(at)); other >= 0; other = right.afterOf(other)) this.#meet(at, other);
  }

  #meetLeft(at: number): void {
    const { left, right } = this;
    if (!this.#givesPairs && (right.countOf(at) > 0) === (right.countBefore(at) > 0)) return;
    for (let other = left.firstOf(right.keyOf(at)); other >= 0; other = left.afterOf(other)) if (!this.#comesFirst(other)) this.#meet(other, at);
  }

  /** Gives what a pair is more than before the batch, and tells both rows of the match. */
  #meet(leftAt: number, rightAt: number): void {
    const { left, right } = this;
    const leftNow = left.countOf(leftAt);
    const leftBefore = left.countBefore(leftAt);
    const rightNow = right.countOf(rightAt);
    const rightBefore = right.countBefore(rightAt);
    const now = leftNow * rightNow;
    const before = leftBefore * rightBefore;
    // Of rows that are never there together the condition may be one that cannot be computed.
    if (now === 0 && before === 0) return;
    const leftRow = left.row(leftAt);
    const rightRow = right.row(rightAt);
    if (this.#residual !== undefined && !this.#residual(leftRow, rightRow)) return;
    if (this.#givesPairs) this.#give(leftRow, rightRow, now - before);
    const wasPair = before > 0;
    if (left.showsAlone !== "never") left.rematch(leftAt, Number(rightNow > 0) - Number(wasPair));
    if (right.showsAlone !== "never") right.rematch(rightAt, Number(leftNow > 0) - Number(wasPair));
  }

  /** `more`: less than 0 where they are taken back. */
  #give(left: Left | null, right: Right | null, more: number): void {
    if (more === 0) return;
    const weight = more > 0 ? 1 : -1;
    const changes = more > 0 ? this.#given : this.#taken;
    const change = joined(left, right, weight);
    for (let times = Math.abs(more); times > 0; times--) changes.push(change);
  }

  /** The result as it stands, not that of a batch. */
  *#result(): Iterable<JoinedChange<Left, Right>> {
    const { left, right } = this;
    for (const at of left.ids()) {
      const row = left.row(at);
      if (this.#givesPairs && left.meets(at)) yield* this.#pairsOf(at);
      yield* repeated(joined<Left, Right>(row, null, 1), left.timesAlone(at));
    }
    for (const at of right.ids()) yield* repeated(joined<Left, Right>(null, right.row(at), 1), right.timesAlone(at));
  }

  *#pairsOf(at: number): Iterable<JoinedChange<Left, Right>> {
    const { left, right } = this;
    const row = left.row(at);
    for (let other = right.firstOf(left.keyOf(at)); other >= 0; other = right.afterOf(other)) {
      const partner = right.row(other);
      if (this.#residual === undefined || this.#residual(row, partner)) yield* repeated(joined(row, partner, 1), left.countOf(at) * right.countOf(other));
    }
  }
}

/** A pair, or a row with null for the other side, as the kind of the join allows. */
function joined<Left, Right>(left: Left | null, right: Right | null, weight: Weight): JoinedChange<Left, Right> {
  return { left, right, weight } as JoinedChange<Left, Right>;
}

function* repeated<Item>(item: Item, times: number): Iterable<Item> {
  for (let left = times; left > 0; left--) yield item;
}
