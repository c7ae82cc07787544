/** The ids of a query's operators: what their state is found by. */
export class OperatorIds {
  readonly #taken = new Set<string>();

  /** An operator's id; with a number where the query has it more than once. A stream's own second operator has a number too (`u/dedup-2`), so the next that is free. */
  unique(operatorId: string): string {
    let id = operatorId;
    for (let n = 2; this.#taken.has(id); n++) id = `${operatorId}-${n}`;
    this.#taken.add(id);
    return id;
  }
}
