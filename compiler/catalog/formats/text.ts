import type { Format } from "./format.ts";

/** A line is a value. */
export const text: Format = { name: "text", reading: [], ofFiles: new Set(), writing: [] };
