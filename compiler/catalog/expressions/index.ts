export * from "./can-fail.ts";
export * from "./emit-expr.ts";
export * from "./emit-literal.ts";
export * from "./emit-predicate.ts";
export * from "./environment.ts";
export * from "./evaluate.ts";
