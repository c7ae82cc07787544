import { SluiceRuntimeError } from "./runtime-error.ts";

/** What a file holds does not hold together: it can be passed over as one malformed record, where the job says so. One that changed, or cannot be opened, is another matter. */
export class DamagedFile extends SluiceRuntimeError {}
