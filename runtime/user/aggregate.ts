/**
 * An aggregate of the user's own: an exported constant that a job imports and calls as `aggregate f(x) as n`. A plain object with these members is one, whether it names
 * this interface or not. The state is a value that is stored as its type says, so it holds data only: numbers, texts, arrays, `Map`s from strings, records.
 */
export interface UserAggregate<S, V extends readonly unknown[], R> {
  /** The state of no rows. */
  init(): S;
  /** The state with one row more; it may be the object that was given, changed in place. */
  add(state: S, ...values: V): S;
  /** The state without a row that was added before. Where it is missing and rows are taken back, the values are kept and the state is built anew from those that are left. */
  retract?(state: S, ...values: V): S;
  /** The state of the rows of both; either may be changed in place. `merge(init(), s)` is `s`. */
  merge(a: S, b: S): S;
  /** It is given a copy of the state, to do with as it likes. */
  result(state: S): R;
}
