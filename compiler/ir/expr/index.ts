export * from "./aggregate-call.ts";
export * from "./build.ts";
export * from "./conjuncts.ts";
export * from "./expr.ts";
export * from "./literal-value.ts";
export * from "./print.ts";
export * from "./user-aggregate.ts";
export * from "./walk.ts";
