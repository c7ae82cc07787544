import { createRequire } from "node:module";
import type * as tsMorph from "ts-morph";

let loaded: typeof tsMorph | undefined;

/** ts-morph, which takes longer to load than a job without imports takes to compile: only such as have some pay for it. */
export function morph(): typeof tsMorph {
  loaded ??= createRequire(import.meta.url)("ts-morph") as typeof tsMorph;
  return loaded;
}
