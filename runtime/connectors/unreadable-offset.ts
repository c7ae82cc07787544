import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { Offset } from "./source.ts";

/** An offset of another kind of source, or a damaged one. */
export function unreadableOffset(offset: Offset): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7209",
    what: `the checkpoint holds an offset that this source cannot read: ${offset}`,
    how: "restore the checkpoint's `offsets` folder from a backup, or start with a new checkpoint",
  });
}
