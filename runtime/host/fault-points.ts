/** The moments of one durable write: a temporary file is opened, half and wholly written, synced, renamed, and its directory synced. */
const writeSteps = ["opened", "half-written", "written", "synced", "renamed", "durable"] as const;

export type WriteStep = (typeof writeSteps)[number];

/** What is written durably by `writeDurably`; each has every step as a fault point, `offsets.synced`. */
const writeAreas = ["metadata", "schema", "incarnation", "source-log", "offsets", "state-delta", "state-snapshot", "sink-owner", "sink-manifest", "sink-compact", "commits", "shards"] as const;

export type WriteArea = (typeof writeAreas)[number];

const writePoints = writeAreas.flatMap((area) => writeSteps.map((step) => `${area}.${step}` as const));

/** Moments beside the durable writes, by area. */
const momentPoints = [
  "batch.planned",
  "batch.chunk",
  "batch.rows-read",
  "batch.ended",
  "capture.written",
  "capture.synced",
  "checkpoint.directory-made",
  "checkpoint.locked",
  "checkpoint.recovered",
  "file.linked",
  "kafka.before-commit",
  "kafka.begun",
  "kafka.committed",
  "kafka.flushed",
  "kafka.sent",
  "purge.offsets-removed",
  "purge.commits-removed",
  "purge.source-log-removed",
  "purge.state-removed",
  "reshard.levelled",
  "reshard.written",
  "reshard.placed",
  "reshard.switched",
  "reshard.set-aside",
  "sink-compact.entry-removed",
  "sink-file.opened",
  "sink-file.written",
  "sink-file.switched",
  "sink-file.synced",
  "sink-file.prepared",
  "sink-file.renamed",
  "sink-file.visible",
  "sink-target.cleaned",
  "sink-version.removed",
  "sink-writer.opened",
  "sink-writer.processed",
  "sink-writer.closing",
  "sink-function.returned",
  "source-file.cleaned",
  "sinks.before-prepare",
  "sinks.prepared",
  "sinks.committed",
] as const;

export type FaultPoint = (typeof momentPoints)[number] | `${WriteArea}.${WriteStep}`;

/**
 * Every named moment that recovery depends on. A crash at any of them, and a restart, must give what an undisturbed run gives;
 * tests crash at each, and fail where a point is used that is not listed or listed and never reached.
 */
export const faultPoints: readonly FaultPoint[] = [...writePoints, ...momentPoints];
