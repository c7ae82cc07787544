import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import type { BlockFile } from "../block-format.ts";
import { damagedParquet } from "./parquet-errors.ts";

/** Makes whatever a damaged file brings about in the library an error that names the file; what the reading of its bytes throws stays as it is. */
export class DamageGuard {
  /** The file whose reading is watched. */
  readonly file: BlockFile;
  #failed = false;

  constructor(file: BlockFile) {
    this.file = {
      ...file,
      read: (position, length) => {
        this.#failed = true;
        const bytes = file.read(position, length);
        this.#failed = false;
        return bytes;
      },
    };
  }

  run<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw this.#failed || error instanceof SluiceRuntimeError ? error : damagedParquet(this.file.path, error);
    }
  }
}
