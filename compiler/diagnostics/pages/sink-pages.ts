import type { Page } from "./page.ts";

/** R73xx: what stops a sink, a query over memory sinks, or a capture. */
export const sinkPages: readonly Page[] = [
  {
    code: "R7301",
    title: "bad option of a sink",
    meaning: "An option's value, which came from a param, is none that the sink can use.",
    mending: "Give the param another value: `--param NAME=VALUE`.",
  },
  {
    code: "R7302",
    title: "target is no folder",
    meaning: "A file sink writes many files, and its target is a file or lies in one.",
    mending: "Give the path of a folder that is empty or not there yet.",
  },
  {
    code: "R7303",
    title: "target belongs to another query",
    meaning: "The folder was written by another query, or by this one with another checkpoint. Its batch numbers mean other rows, so a batch that is there already could not be told from one that is not.",
    mending: "Give each query a folder of its own; go on with the checkpoint that the folder was written with, or write into an empty one.",
  },
  {
    code: "R7304",
    title: "target is not empty",
    meaning: "A bounded run writes its whole result once, and the folder holds something already. It is neither mixed nor removed.",
    mending: "Remove the folder, or write into another one.",
  },
  {
    code: "R7305",
    title: "unknown files in the target",
    meaning: "The folder holds part files that its manifest does not list. To take them over, or to remove them, could double or lose data.",
    mending: "Move the file away, or write into an empty folder.",
  },
  {
    code: "R7306",
    title: "manifest is damaged",
    meaning: "The list of complete files in `_sluice` cannot be read. Without it nobody knows which files are committed.",
    mending: "Restore the folder `_sluice` from a backup.",
  },
  {
    code: "R7307",
    title: "output cannot be written",
    meaning: "The operating system refused to write: the disk is full, or the folder may not be written.",
    mending: "Mend that, and start the query again with the same checkpoint: the batch is run again and no row comes twice.",
  },
  {
    code: "R7308",
    title: "sink cannot take a change",
    meaning: "A file sink was handed a row that changes or removes an earlier one, and files are only appended to.",
    mending: "Use `mode append`, give the sink a `changelog`, or use another sink.",
  },
  {
    code: "R7309",
    title: "committed file is lost",
    meaning: "A file that the manifest lists is not there, or is not what was written. Rows that were committed are gone, and going on would hide it.",
    mending: "Put the file back from a backup. To go on without its rows, write into an empty folder with a new checkpoint.",
  },
  {
    code: "R7310",
    title: "target was written in another way",
    meaning: "The folder was written with `replace: true` and is now to be appended to, or the other way round. A result that is replaced as a whole and files that stay do not mix.",
    mending: "Write `replace` as it was, or write into an empty folder.",
  },
  {
    code: "R7320",
    title: "SQL failed",
    meaning: "The statement of `--sql` was refused by SQLite, which reads the memory sinks. It has its own SQL and no functions of the language.",
    mending: "Mend the statement; the help lists the tables, or their columns. `show tables` lists them as well.",
  },
  {
    code: "R7321",
    title: "SQL only reads",
    meaning: "`--sql` takes one statement that reads. Memory sinks are written by their queries alone.",
    mending: "Write one `select …`, `with … select …` or `show tables`.",
  },
  {
    code: "R7330",
    title: "capture cannot be written",
    meaning: "The file of `--capture` cannot be written.",
    mending: "Mend that, or give another path.",
  },
  {
    code: "R7331",
    title: "not a capture",
    meaning: "The file of `--capture` holds a line that no capture wrote, so it is somebody's and is not touched.",
    mending: "Give another path, or take the file away.",
  },
];
