export * from "./physical.ts";
