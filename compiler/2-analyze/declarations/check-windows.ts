import type { JobContext } from "../job-context.ts";
import { windowShape } from "../steps/window-shape.ts";

/** Checks every declared window, used or not; its time is bound where it is used. */
export function checkWindows(job: JobContext): void {
  for (const { definition } of job.declarations.windows.values()) windowShape(definition, job);
}
