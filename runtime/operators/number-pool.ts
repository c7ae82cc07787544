/** Numbers from 0 that are handed out and given back: the one given back last goes out again first, so they stay below the most that were out at a time. */
export class NumberPool {
  #end = 0;
  readonly #free: number[] = [];

  /** Above every number that is out. */
  get end(): number {
    return this.#end;
  }

  take(): number {
    return this.#free.pop() ?? this.#end++;
  }

  giveBack(number: number): void {
    this.#free.push(number);
  }

  /** Takes all numbers back. */
  clear(): void {
    this.#end = 0;
    this.#free.length = 0;
  }
}
