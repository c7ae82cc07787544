import type { Change } from "../changelog/change.ts";
import type { ChangingRows } from "../changelog/changing-rows.ts";
import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { valueOrder, type ValueOrder } from "../functions/compare-values.ts";
import type { GroupSlots } from "./group-slots.ts";
import type { GroupSpec, GroupView } from "./groups.ts";
import { LastRowLane } from "./last-row-lane.ts";
import type { Lane } from "./lanes/lane.ts";

/** The changes of a table's groups, and where the row of each is kept. */
export interface ChangedGroups<Spec extends GroupSpec> {
  readonly view: GroupView<Spec>;
  /** The slot of the table that keeps the row of one of the view; −1 where there is none and none is wanted. */
  placeOf(slot: number, present: boolean): number;
}

/** What the changes are read from. */
export interface GroupChangesSource<Spec extends GroupSpec> {
  readonly slots: GroupSlots<Readonly<Record<string, Lane>>>;
  readonly isRebuilding: boolean;
  changed(): ChangedGroups<Spec>;
}

const nothing: readonly never[] = [];

/** The changes of groups as rows: of each group that changed the row of before, then the one of now; nothing where both are equal. Found once a batch. */
export class GroupRows<Spec extends GroupSpec, Row> implements ChangingRows<Change<Row>> {
  readonly #source: GroupChangesSource<Spec>;
  readonly #rowOf: (groups: GroupView<Spec>, slot: number) => Row;
  readonly #lastRows: LastRowLane<Row>;
  readonly #order: ValueOrder;
  #changes: readonly Change<Row>[] = nothing;
  /** The batch that the changes are those of. */
  #batch = -1;

  constructor(source: GroupChangesSource<Spec>, columns: Readonly<Record<string, TypeDescriptor>>, rowOf: (groups: GroupView<Spec>, slot: number) => Row) {
    const { slots } = source;
    if (slots.lastRows !== undefined) throw new TypeError("the rows of a table's groups are kept once");
    this.#source = source;
    this.#rowOf = rowOf;
    this.#lastRows = new LastRowLane(columns);
    this.#order = valueOrder({ record: Object.entries(columns) });
    slots.lastRows = this.#lastRows;
    slots.lanes.attach(this.#lastRows);
  }

  changes(): Iterable<Change<Row>> {
    if (this.#source.isRebuilding) return nothing;
    const { batches } = this.#source.slots;
    if (this.#batch !== batches) {
      this.#changes = this.#find();
      this.#batch = batches;
    }
    return this.#changes;
  }

  shown(): Iterable<Change<Row>> {
    return this.#source.isRebuilding ? this.#all() : this.changes();
  }

  #find(): readonly Change<Row>[] {
    const changes: Change<Row>[] = [];
    const lastRows = this.#lastRows;
    const { slots } = this.#source;
    const { view, placeOf } = this.#source.changed();
    for (const slot of view.slots) {
      const isThere = view.isThere(slot);
      const place = placeOf(slot, isThere);
      if (place < 0) continue;
      const before = lastRows.get(place);
      const now = isThere ? this.#rowOf(view, slot) : undefined;
      if (before === now || (before !== undefined && now !== undefined && this.#order.equals(before, now))) continue;
      if (before !== undefined) changes.push({ row: before, weight: -1 });
      if (now !== undefined) changes.push({ row: now, weight: 1 });
      lastRows.set(place, now);
      slots.flags.soil(place);
      if (now === undefined) slots.loosen(place);
    }
    return changes;
  }

  *#all(): Iterable<Change<Row>> {
    for (const slot of this.#source.slots.liveSlots()) {
      const row = this.#lastRows.get(slot);
      if (row !== undefined) yield { row, weight: 1 };
    }
  }
}
