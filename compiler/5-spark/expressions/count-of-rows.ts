import { pyCall, pyInt, pyName, type Py } from "../python/py.ts";

/** `F.count(F.lit(1))`: how many rows there are, whatever they hold. */
export function countOfRows(): Py {
  return pyCall(pyName("F.count"), [pyCall(pyName("F.lit"), [pyInt(1)])]);
}
