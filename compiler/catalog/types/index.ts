export * from "./can-cast.ts";
export * from "./common-type.ts";
export * from "./decimal-types.ts";
export * from "./orderable.ts";
export * from "./tightest-type.ts";
export * from "./type-descriptor-code.ts";
