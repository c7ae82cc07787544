/** A lane whose rows' values are looked up as keys where they lie: neither a string nor an object is made of one. */
export abstract class KeyLane {
  #keyRow = 0;

  /** The value of a row as one of several keys (`KeyColumn.idOf`). It stands until the next is asked for. */
  key(row: number): this {
    this.#keyRow = row;
    return this;
  }

  /** The row whose value it stands for. */
  get keyRow(): number {
    return this.#keyRow;
  }
}
