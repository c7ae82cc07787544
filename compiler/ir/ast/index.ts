export * from "./expression.ts";
export * from "./name.ts";
export * from "./statement.ts";
export * from "./step.ts";
export * from "./type.ts";
