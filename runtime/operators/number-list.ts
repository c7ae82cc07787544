/** Numbers in the order in which they came, in one array that is kept when the list is emptied. */
export class NumberList<Values extends Int32Array | Float64Array> {
  readonly #make: (length: number) => Values;
  #values: Values;
  #length = 0;

  constructor(make: (length: number) => Values) {
    this.#make = make;
    this.#values = make(64);
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#values[index]!;
  }

  /** Adds a number and gives its place. */
  push(value: number): number {
    if (this.#length === this.#values.length) this.#grow();
    this.#values[this.#length] = value;
    return this.#length++;
  }

  /** The array itself, with room for so many more numbers, for a loop that writes them behind the last and tells `extend` of them. */
  room(more: number): Values {
    while (this.#length + more > this.#values.length) this.#grow();
    return this.#values;
  }

  /** Takes up numbers that were written into the `room`. */
  extend(more: number): void {
    this.#length += more;
  }

  /** The numbers, good until the next is added. */
  view(): Values {
    // A part of an array is an array of its kind.
    return this.#values.subarray(0, this.#length) as Values;
  }

  clear(): void {
    this.#length = 0;
  }

  #grow(): void {
    const values = this.#make(this.#values.length * 2);
    values.set(this.#values);
    this.#values = values;
  }
}

/** A list of whole numbers of 32 bits. */
export function intList(): NumberList<Int32Array> {
  return new NumberList((length) => new Int32Array(length));
}

/** A list of doubles. */
export function doubleList(): NumberList<Float64Array> {
  return new NumberList((length) => new Float64Array(length));
}
