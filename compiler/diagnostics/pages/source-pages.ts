import type { Page } from "./page.ts";

/** R72xx: what stops a source. */
export const sourcePages: readonly Page[] = [
  {
    code: "R7201",
    title: "bad option of a source",
    meaning: "An option's value, which came from a param, is none that the source can use.",
    mending: "Give the param another value: `--param NAME=VALUE`.",
  },
  {
    code: "R7202",
    title: "input is missing",
    meaning: "The path of a file source is not there, or its pattern finds nothing. A misspelt path would otherwise be a job that waits for ever.",
    mending: "Create the folder or mend the path. A relative path starts at the folder that the job is run in, not at the job's file.",
  },
  {
    code: "R7203",
    title: "input cannot be read",
    meaning: "The operating system refused to list or read the input.",
    mending: "Make it readable for the user that the job runs as, and start the query again.",
  },
  {
    code: "R7204",
    title: "input file has changed",
    meaning: "A file is not what it was when a batch took it. A batch that is run again has to give the same rows, and it could not.",
    mending: "Put the file back as it was. Write files under another name, rename them into the folder when they are complete, and never change them afterwards.",
  },
  {
    code: "R7205",
    title: "last line is truncated",
    meaning: "The last line of a file ends in the middle of a value, so its writer has not finished, and this run ends. Taking the file now would leave the rest out for good.",
    mending: "Complete the file or take it away, and start again: no batch has taken it.",
  },
  {
    code: "R7206",
    title: "line is too long",
    meaning: "A record has no end within the bytes that one may have. Without a bound, one file without line ends would fill the memory.",
    mending: "End records with line ends; a file that is one JSON value is read with `multiLine: true`.",
  },
  {
    code: "R7207",
    title: "source log is damaged",
    meaning: "An entry of the log of what a source has handed out cannot be read, or is missing. Without it a batch cannot be run again with the same rows.",
    mending: "Restore the checkpoint's folder `sources` from a backup, or start with a new checkpoint.",
  },
  {
    code: "R7208",
    title: "unknown compression",
    meaning: "The file's suffix says that it is compressed in a way that is not read. Its bytes would be taken for text.",
    mending: "Compress it with gzip or zstd, or leave it out by a pattern in the path.",
  },
  {
    code: "R7209",
    title: "unknown offset",
    meaning: "The checkpoint holds an offset that this kind of source does not write.",
    mending: "Restore the checkpoint's folder `offsets` from a backup, or start with a new checkpoint.",
  },
  {
    code: "R7210",
    title: "cannot connect",
    meaning: "Nobody answered at the address within the time, though it was tried again and again.",
    mending: "Start the server first, or mend `host` and `port`.",
  },
  {
    code: "R7211",
    title: "connection broke",
    meaning: "The connection ended with an error. A socket cannot send again, so what the server sent and no batch holds is lost.",
    mending: "Start the query again with the same checkpoint. Where no row may be lost, read from files or Kafka.",
  },
  {
    code: "R7212",
    title: "malformed record",
    meaning: "A record cannot be read as the source's type: it is no JSON, a value has another type, or one that may not be null is missing. The default, `malformed: \"fail\"`, stops the query rather than lose it.",
    mending: "Say where such records go: `malformed: \"drop\"`, `malformed: \"null\"` or the name of a side output; or widen the type. With a checkpoint, mending the file does not help, as the batch is run again with what it had.",
    example: {
      bad: 'table clicks: { page: string } from file("clicks/", format: "json")\nsink out = clicks into memory()',
      good: 'table clicks: { page: string } from file("clicks/", format: "json", malformed: "drop")\nsink out = clicks into memory()',
      input: { "clicks/1.json": '{"page":"/"}\n{"page":\n' },
    },
  },
  {
    code: "R7214",
    title: "header does not fit",
    meaning: "The header of a CSV file does not name the columns of the type, so that values would come into wrong columns.",
    mending: "Mend the file or the type. With `enforceSchema: true` columns are found by their place and the header is passed over.",
  },
  {
    code: "R7215",
    title: "Node cannot read zstd",
    meaning: "This version of Node has no zstd.",
    mending: "Run the job with Node 22.15, 23.8 or newer, or compress with gzip.",
  },
  {
    code: "R7216",
    title: "compressed file is truncated",
    meaning: "A compressed file ends before its end.",
    mending: "Write it again under another name. Start with a new checkpoint if a batch has taken the truncated one.",
  },
  {
    code: "R7217",
    title: "compressed file is damaged",
    meaning: "A compressed file cannot be decompressed: its bytes are not what was written.",
    mending: "Write it again under another name. Start with a new checkpoint if a batch has taken the damaged one.",
  },
  {
    code: "R7218",
    title: "file is not in its encoding",
    meaning: "The bytes of a file are no text in the encoding that the source names.",
    mending: "Change `encoding`, or leave the file out by a pattern in the path.",
  },
  {
    code: "R7220",
    title: "nobody fills the queue",
    meaning: "A `queue()` takes its rows from the program or test that starts the job, and the command line has none.",
    mending: "Start the job from a program with `queues: new QueueRegistry()`, or read from a file.",
  },
  {
    code: "R7221",
    title: "queue is open",
    meaning: "A queue that more rows may come to has no end, so it cannot be read as one batch.",
    mending: "Close the queue before the start, or run the job as a stream.",
  },
];
