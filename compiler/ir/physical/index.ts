export * from "./physical.ts";
export * from "./reads-of.ts";
