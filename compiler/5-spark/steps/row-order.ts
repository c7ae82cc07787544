import type { Join, LogicalPlan, SortItem } from "../../ir/logical/plan.ts";

/**
 * What decides which rows of a plan are the first ones, to Sluice:
 * - `read`: the order in which they are read, which Spark does not say;
 * - `content`: nothing but what they hold;
 * - items: an order, ties by content; all columns that it reads are there, so that the rows can be put into it anew;
 * - `kept`: an order that they are in on Spark too, all of them in one partition;
 * - `lost`: an order that was asked for below, which Spark does not promise to keep up to here, and that cannot be told from the rows.
 */
export type RowOrder = "read" | "content" | "kept" | "lost" | readonly SortItem[];

export function rowOrder(plan: LogicalPlan): RowOrder {
  switch (plan.kind) {
    case "Scan":
      return "read";
    case "Filter":
    case "Watermark":
      return rowOrder(plan.input);
    case "Project":
    case "Explode":
    case "Expand":
      return asNamed(rowOrder(plan.input));
    case "Join":
      return orderOfJoin(plan);
    case "Union":
      return orderOfAll(plan.inputs);
    case "Sort":
      return plan.items;
    case "Top":
      return [...ascending(plan.spec.per), ...plan.spec.order];
    case "Dedup": {
      const below = rowOrder(plan.input);
      // The first row of a key passes as it comes; where rows of tables do not come from a reader itself, they are collected by key.
      if (below === "read") return below;
      if (!plan.streaming) return ascending(plan.keys);
      return below === "content" ? below : "lost";
    }
    // Whatever decides which rows a limit takes, they come in one partition.
    case "Limit":
      return "kept";
    case "Aggregate":
    case "Apply":
    case "UserState":
      return "content";
  }
}

function ascending(keys: readonly SortItem["expr"][]): readonly SortItem[] {
  return keys.map((expr) => ({ expr, descending: false, nullsFirst: true }));
}

/** Where columns are computed anew, or rows come several times, the columns that were ordered by say the order no more. */
function asNamed(order: RowOrder): RowOrder {
  return typeof order === "string" ? order : "lost";
}

/** The side that is looked up has no say in the order, but where its own rows come out in the end. */
function orderOfJoin({ left, right, joinKind }: Join): RowOrder {
  if (left.streaming && right.streaming) return orderOfAll([left, right]);
  const isLeftLoaded = right.streaming;
  const comesOut = joinKind === "full" || joinKind === (isLeftLoaded ? "left" : "right") || (isLeftLoaded && (joinKind === "semi" || joinKind === "anti"));
  const order = rowOrder(isLeftLoaded ? right : left);
  if (comesOut || order === "content") return "content";
  return order === "read" ? order : "lost";
}

function orderOfAll(inputs: readonly LogicalPlan[]): RowOrder {
  const orders = inputs.map(rowOrder);
  if (orders.includes("content")) return "content";
  return orders.every((order) => order === "read") ? "read" : "lost";
}
