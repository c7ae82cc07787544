export * from "./build.ts";
export * from "./code.ts";
export * from "./literal.ts";
export * from "./runtime-name.ts";
export * from "./scope.ts";
export * from "./simple.ts";
