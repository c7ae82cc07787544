import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Shell } from "../shell.ts";

/** In a checkout the runtime's sources, which esbuild takes apart best; else what the package has. */
export function runtimeToBundle({ installation, built }: Shell): Pick<Shell, "installation" | "built"> {
  const hasSources = built === undefined || existsSync(join(installation, "runtime", "index.ts"));
  return { installation, ...(hasSources ? {} : { built }) };
}
