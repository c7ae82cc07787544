import type { Apply } from "./apply.ts";
import type { Scan } from "./scan.ts";
import type { Filter } from "./filter.ts";
import type { Project } from "./project.ts";
import type { Watermark } from "./watermark.ts";
import type { Aggregate } from "./aggregate.ts";
import type { Join } from "./join.ts";
import type { Sort } from "./sort.ts";
import type { Limit } from "./limit.ts";
import type { Explode } from "./explode.ts";
import type { Expand } from "./expand.ts";
import type { Union } from "./union.ts";
import type { Top } from "./top.ts";
import type { Dedup } from "./dedup.ts";
import type { UserState } from "./user-state.ts";

export * from "./aggregate.ts";
export * from "./apply.ts";
export * from "./dedup.ts";
export * from "./duration-text.ts";
export * from "./expand.ts";
export * from "./explode.ts";
export * from "./filter.ts";
export * from "./join.ts";
export * from "./limit.ts";
export * from "./project.ts";
export * from "./scan.ts";
export * from "./sort.ts";
export * from "./top.ts";
export * from "./union.ts";
export * from "./user-state.ts";
export * from "./watermark.ts";

/**
 * Relational and streaming operators: what is computed, not how. Every node derives in its constructor its output columns,
 * whether it is streaming, the event-time columns still alive, and its key.
 */
export type LogicalPlan = Scan | Filter | Project | Watermark | Explode | Expand | Aggregate | Join | Union | Top | Dedup | Sort | Limit | Apply | UserState;
export type LogicalKind = LogicalPlan["kind"];
