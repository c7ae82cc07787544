import type { Page } from "./page.ts";

/** R7805 to R7817: checkpoints that are divided into another number of shards. */
export const reshardPages: readonly Page[] = [
  {
    code: "R7805",
    title: "checkpoint of another number of shards",
    meaning: "A query's checkpoint stands in a number of slices, which the file `DIR/QUERY.shards` says. Started in another number of shards the query would find no slices of its own, and begin anew beside what is there. Slices in which nothing has begun (every start was refused) are in nobody's way.",
    mending: "Start it in the number of shards that it had, or divide the checkpoint: `sluice reshard --checkpoint DIR --from N --to M JOB`. To begin anew, take another folder, or remove the folders of the slices and `DIR/QUERY.shards`.",
  },
  {
    code: "R7806",
    title: "number of shards cannot be read",
    meaning: "The file `DIR/QUERY.shards` holds something else than `{\"shards\":3}` and a line end.",
    mending: "Write that, with the number of the folders `shard-…-of-N` that are in use: the others are in folders `QUERY.before-reshard-…`, or were never finished.",
  },
  {
    code: "R7807",
    title: "slice is missing",
    meaning: "Every shard's slice is needed to divide a checkpoint anew, also that of a shard that has read nothing; one of them is not in the folder.",
    mending: "Look at `--checkpoint` and `--from`; bring the slices together if the shards run on several machines; start a shard that has never run (`--available-now`). A job's queries without a checkpoint are left out by naming the others: `--query`.",
  },
  {
    code: "R7808",
    title: "slice with a batch that was cut off",
    meaning: "A batch is planned and not committed. Its records and its state belong to the shard that planned it, and its sinks may have parts of it.",
    mending: "Start that shard once more, so that the batch is run to its end: `sluice run --shard I/N --available-now …`. Then divide the checkpoint.",
  },
  {
    code: "R7809",
    title: "slice that was drained",
    meaning: "`--drain` has declared the end of the input: all windows are closed, and the checkpoint takes no more.",
    mending: "Begin anew with new checkpoints, in any number of shards.",
  },
  {
    code: "R7810",
    title: "state without a partition",
    meaning: "The state of one process has a key whose only declared column is null. Messages without a key come in any partition, so that no shard has all of them.",
    mending: "Stay with one process, or leave such rows out (`where user is not null`) and begin anew.",
  },
  {
    code: "R7811",
    title: "number of partitions is not one",
    meaning: "The slices, or the topics that meet in the state, have seen different numbers of partitions, or none. The partition of a key is its hash modulo that number, so no shard can be told for it.",
    mending: "Where a shard has not seen new partitions yet, run every shard once more. Where the topics differ, or have grown, put the slices together: `--to 1`.",
  },
  {
    code: "R7813",
    title: "slices that do not fit together",
    meaning: "The slices disagree about something that they must have in common: an option that is kept with the batches, a topic that was made again, the time at which they stand; or a newer Sluice has written one of them.",
    mending: "Stop every shard, run each once more with the same job and the same Sluice (`--available-now`), and divide the checkpoint again.",
  },
  {
    code: "R7814",
    title: "partition in the wrong slice",
    meaning: "A slice has offsets or state of a partition that its shard does not read. No run leaves that; folders were copied or renamed.",
    mending: "Put the slices back from a backup, or begin anew.",
  },
  {
    code: "R7815",
    title: "state was miscounted",
    meaning: "The new slices were read back, and have not the entries that were written. Nothing has changed: the old slices hold.",
    mending: "Look at the disk, and divide the checkpoint again.",
  },
  {
    code: "R7816",
    title: "nothing was read yet",
    meaning: "The query, or one of its shards, has not begun to read: where its partitions begin is asked at the first start, and nobody has asked yet.",
    mending: "Start the shard once (`--available-now`); if no shard has run a batch, there is nothing to divide: to begin anew in another number of shards, remove the folders of the slices and `DIR/QUERY.shards`.",
  },
  {
    code: "R7817",
    title: "checkpoint of a `checkpoint` clause",
    meaning: "`--checkpoint DIR` is the folder around the one that the query's clause `checkpoint \"DIR/QUERY\"` names. `reshard` lays slices out as runs with `--checkpoint` find them, `DIR/shard-0-of-3/QUERY`; a run by the clause looks in `DIR/QUERY/shard-0-of-3`, and would begin anew.",
    mending: "Take the clause out of the job, and run it with `--checkpoint DIR` before and after.",
  },
];
