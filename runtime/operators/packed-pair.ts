import { asciiJson } from "../formats/ascii-json.ts";
import type { JsonWriter } from "../formats/json-writer.ts";
import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { valueType } from "../formats/value-type.ts";
import type { TimeZone } from "../time/time-zone.ts";
import { type PlacedColumn, PackedRow, writeValue } from "./packed-row.ts";
import { RowView, toJson, toPlain } from "./row-view.ts";
import { viewClasses } from "./view-classes.ts";

/** A column of a pair: that of a row of either side. */
interface PairColumn extends PlacedColumn {
  readonly shown: string;
  readonly isLeft: boolean;
}

/** What is selected of a pair: its columns, and the same in runs. */
interface Selection {
  readonly columns: readonly PairColumn[];
  readonly runs: readonly ColumnRun[];
}

/** Makes a pair of two rows; null where one is missing. */
export type MakePair = (left: object | null, right: object | null) => object;

/**
 * Columns of both rows of a pair under names of their own. Where a row is kept as bytes its columns are written from these, and no value of them is made. A row that is
 * missing has nulls.
 */
class PackedPair extends RowView {
  readonly #selection: Selection;
  readonly #left: object | null;
  readonly #right: object | null;

  constructor(selection: Selection, left: object | null, right: object | null) {
    super();
    this.#selection = selection;
    this.#left = left;
    this.#right = right;
  }

  static value(pair: PackedPair, column: number): unknown {
    const { isLeft, place, name } = pair.#selection.columns[column]!;
    const row = isLeft ? pair.#left : pair.#right;
    return row instanceof PackedRow ? PackedRow.value(row, place) : valueOf(row, name);
  }

  [toPlain](): object {
    return Object.fromEntries(this.#selection.columns.map(({ shown }, column) => [shown, PackedPair.value(this, column)]));
  }

  [toJson](out: JsonWriter, zone?: TimeZone): void {
    const { runs } = this.#selection;
    for (let at = 0; at < runs.length; at++) {
      const run = runs[at]!;
      run.write(run.isLeft ? this.#left : this.#right, out, zone);
    }
    out.raw(runs.length === 0 ? "{}" : "}");
  }
}

const classOf = viewClasses(() => class extends PackedPair {}, PackedPair.value);

/** Makes pairs of some columns. `paths`: `left.price` by the name that it has in the pair. */
export function pairMaker(paths: Readonly<Record<string, string>>, left: Readonly<Record<string, TypeDescriptor>>, right: Readonly<Record<string, TypeDescriptor>>): MakePair {
  const columns = Object.entries(paths).map(([shown, path], at): PairColumn => {
    const isLeft = path.startsWith("left.");
    const name = path.slice(path.indexOf(".") + 1);
    const side = isLeft ? left : right;
    const type = side[name];
    if (type === undefined) throw new TypeError(`a pair has no column ${path}`);
    return { shown, isLeft, name, place: Object.keys(side).indexOf(name), type: valueType(type), before: `${at === 0 ? "{" : ","}${asciiJson(shown)}:` };
  });
  const selection = { columns, runs: runsOf(columns) };
  const Pair = classOf(Object.keys(paths));
  return (leftRow, rightRow) => new Pair(selection, leftRow, rightRow);
}

/** Columns of one side that follow one another. A row mostly meets several, one after the other: what was written of it last is written again as it stands there. */
class ColumnRun {
  readonly isLeft: boolean;
  readonly #columns: readonly PairColumn[];
  /** What was written last: the row, and where it stands. */
  #row: object | null = null;
  #out: JsonWriter | undefined;
  #zone: TimeZone | undefined;
  #resets = 0;
  #start = 0;
  #end = 0;

  constructor(isLeft: boolean, columns: readonly PairColumn[]) {
    this.isLeft = isLeft;
    this.#columns = columns;
  }

  write(row: object | null, out: JsonWriter, zone: TimeZone | undefined): void {
    if (row !== null && row === this.#row && out === this.#out && out.resets === this.#resets && zone === this.#zone) {
      out.repeat(this.#start, this.#end);
      return;
    }
    this.#start = out.length;
    if (row instanceof PackedRow) PackedRow.writeColumns(row, this.#columns, out, zone);
    else this.#writeObject(row, out, zone);
    this.#row = row;
    this.#out = out;
    this.#zone = zone;
    this.#resets = out.resets;
    this.#end = out.length;
  }

  #writeObject(row: object | null, out: JsonWriter, zone: TimeZone | undefined): void {
    for (const { before, name, type } of this.#columns) {
      out.raw(before);
      writeValue(valueOf(row, name), type, out, zone);
    }
  }
}

function runsOf(columns: readonly PairColumn[]): readonly ColumnRun[] {
  const starts = columns.flatMap(({ isLeft }, at) => (isLeft === columns[at - 1]?.isLeft ? [] : [at]));
  return starts.map((start, at) => new ColumnRun(columns[start]!.isLeft, columns.slice(start, starts[at + 1])));
}

function valueOf(row: object | null, name: string): unknown {
  // A row of a side has its columns.
  return row === null ? null : (row as Readonly<Record<string, unknown>>)[name];
}
