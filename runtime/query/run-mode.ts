/**
 * How a query is run. `declared`: by its own trigger. `batch`: one logical batch over all that is there, no checkpoint, ended
 * at +∞. `drain`: available now, then one batch at +∞, after which the checkpoint takes no more.
 */
export type RunMode = "declared" | "batch" | "once" | "available now" | "drain";
