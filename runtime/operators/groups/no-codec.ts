import { SluiceRuntimeError } from "../../errors/runtime-error.ts";

/** A scratch table was asked for its state: our own mistake. */
export function noCodec(): never {
  throw new SluiceRuntimeError({ code: "R7904", what: "a scratch table has no state to keep" });
}
