import type { Page } from "./page.ts";

/** R74xx and R75xx: checkpoints, and the state in them. */
export const checkpointPages: readonly Page[] = [
  {
    code: "R7401",
    title: "checkpoint is damaged",
    meaning: "A file of the checkpoint is not as it was written: its checksum or its form is wrong. The runtime never guesses what stood there.",
    mending: "Put the file back from a backup; where the help says that it may be removed, its batch is run again. Otherwise set the checkpoint aside and read the input from its start.",
  },
  {
    code: "R7402",
    title: "checkpoint of a newer version",
    meaning: "A newer Sluice wrote the checkpoint, in a format that this one does not know.",
    mending: "Run the job with that version or a later one.",
  },
  {
    code: "R7403",
    title: "checkpoint of another query",
    meaning: "The folder holds the checkpoint of another query. Each query has one of its own, below the folder of `--checkpoint` by its name.",
    mending: "Give another folder. If the query was renamed, rename the folder of its checkpoint with it and keep the old name in mind: state is found by it.",
  },
  {
    code: "R7404",
    title: "state has changed",
    meaning: "The job's stateful steps are not those that the checkpoint has state of: one was added, removed, or keeps other keys or values. Their rows cannot be read as the new ones.",
    mending: "Undo the change or start with a new checkpoint. Steps that were only moved keep their state if both jobs name them: `named NAME`.",
  },
  {
    code: "R7405",
    title: "inputs have changed",
    meaning: "The query reads other sources than the checkpoint has offsets of.",
    mending: "Undo the change, or start with a new checkpoint. Paths, hosts and limits of a source may change; its name and its kind may not.",
  },
  {
    code: "R7406",
    title: "commits ahead of offsets",
    meaning: "A batch is committed whose offsets are not there. No run leaves that; files were removed or copied in part.",
    mending: "Put the files back from a backup, or start with a new checkpoint.",
  },
  {
    code: "R7407",
    title: "gap in the offsets",
    meaning: "An entry of the offset log is missing between others, so a batch cannot be known.",
    mending: "Put the file back from a backup, or start with a new checkpoint.",
  },
  {
    code: "R7408",
    title: "file of the checkpoint is missing",
    meaning: "The checkpoint has batches, and a file that every checkpoint has is not there.",
    mending: "Put the file back from a backup, or start with a new checkpoint.",
  },
  {
    code: "R7409",
    title: "another engine took over",
    meaning: "Another process has started on this checkpoint since. Only the newest one may go on, so this one ended before it made anything visible.",
    mending: "Nothing, if the other is meant to run. Let one engine run on a checkpoint at a time.",
  },
  {
    code: "R7410",
    title: "checkpoint is in use",
    meaning: "A running process has the checkpoint, or another query of this process.",
    mending: "Stop that process, or give each query a folder of its own.",
  },
  {
    code: "R7411",
    title: "checkpoint cannot be written",
    meaning: "The operating system refused a write that recovery depends on. The query ends, because nothing is known of what is on the disk.",
    mending: "Mend the disk or the permissions, and start again: the query goes on from the newest whole batch.",
  },
  {
    code: "R7412",
    title: "input has ended",
    meaning: "The checkpoint was ended by `--drain`, which closes all windows as if no row came any more. New rows would be late.",
    mending: "Start with a new checkpoint; to stop and go on later use Ctrl-C or `--available-now`.",
  },
  {
    code: "R7413",
    title: "written by another engine",
    meaning: "Two engines ran on one checkpoint, and the other was first to write this batch.",
    mending: "Let one engine run on a checkpoint at a time, and start again.",
  },
  {
    code: "R7414",
    title: "state without offsets",
    meaning: "The checkpoint has state of a batch that it has no offsets of. Files were removed or copied in part.",
    mending: "Put the files back from a backup, or start with a new checkpoint.",
  },
  {
    code: "R7415",
    title: "checkpoint cannot be read",
    meaning: "The operating system refused to read a file of the checkpoint, which may be whole.",
    mending: "Mend the disk or the permissions, and start again.",
  },
  {
    code: "R7416",
    title: "output ahead of the checkpoint",
    meaning: "The output holds a batch that the checkpoint has not planned yet: the checkpoint is older than the output. What the batch gives now would be taken for a repetition and dropped.",
    mending: "Go on with the checkpoint that the output was written with, or write into an empty folder with a new one.",
  },
  {
    code: "R7417",
    title: "table changed behind a batch that was cut off",
    meaning: "The query ended after a sink had been given a batch and before the checkpoint said so. The batch has to be run again, and the sink will drop what it gives. A table whose rows are part of the state, as those of a join that follows the table's changes, is not what it was: the state would then be made of the new table, and what the sink shows of the old one, for good. Nothing was written.",
    mending: "Put the table back as it was, its files with their times of modification (`cp -p`), and start: once the batch is done, the table may change again and the result follows. Without the old files, start with a new checkpoint and an empty output.",
  },
  {
    code: "R7501",
    title: "state file is missing",
    meaning: "A state file that the checkpoint lists is not there.",
    mending: "Put it back from a backup, or start with a new checkpoint.",
  },
  {
    code: "R7502",
    title: "state file is damaged",
    meaning: "A state file is not the one that the checkpoint lists: its checksum differs.",
    mending: "Put it back from a backup, or start with a new checkpoint.",
  },
  {
    code: "R7503",
    title: "stored row is not as expected",
    meaning: "A row of the state cannot be read as the type that the job gives it.",
    mending: "Run the job that wrote it, or start with a new checkpoint. If the job has not changed, please report it.",
  },
  {
    code: "R7504",
    title: "state of a newer version",
    meaning: "A newer Sluice wrote the state, in a format that this one does not know.",
    mending: "Run the job with that version or a later one.",
  },
];
