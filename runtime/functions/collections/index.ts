// The kernels of arrays, maps and JSON texts that emitted code calls; one line a file, sorted.
export * from "./array-edits.ts";
export * from "./array-order.ts";
export * from "./array-search.ts";
export * from "./array-sets.ts";
export * from "./get-json-object.ts";
export * from "./json-lengths.ts";
export * from "./json-path.ts";
export * from "./map-making.ts";
export * from "./map-reading.ts";
export * from "./sequence.ts";
