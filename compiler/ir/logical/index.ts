export * from "./column.ts";
export * from "./event-time-of.ts";
export * from "./inferred-schema-text.ts";
export * from "./input.ts";
export * from "./job.ts";
export * from "./plan.ts";
export * from "./state-bound.ts";
export * from "./streaming-properties.ts";
