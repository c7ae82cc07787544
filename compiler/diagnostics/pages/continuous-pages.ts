import { clicks, type Page } from "./page.ts";

const lines = 'source lines: { page: string, user: long? } from socket("localhost", 9999, format: "json")';

/** E3045 to E3049 and R7790: what the trigger `continuous` does not run. */
export const continuousPages: readonly Page[] = [
  {
    code: "E3045",
    title: "continuous-step",
    meaning: "The trigger `continuous` takes each record through the steps and into the sink as it comes, without batches. So only steps run that make rows of one row and keep nothing: `where`, `select`, `extend`, `explode`, `map async`, unions, joins with tables. What puts rows together or remembers them needs batches, whose state the checkpoint holds.",
    mending: "Take another trigger, such as `every 1 second`; or leave the step out.",
    example: {
      given: lines,
      bad: "sink out = lines |> aggregate count() as n group by page into console() mode update trigger continuous",
      good: "sink out = lines |> aggregate count() as n group by page into console() mode update trigger every 1 second",
    },
  },
  {
    code: "E3046",
    title: "continuous-source",
    meaning: "The trigger `continuous` needs a source that hands on records as they come: `kafka`, `socket`, or `rate` by the clock. Files, queues and receivers of your own give their records in batches, and a table has an end.",
    mending: "Take another trigger, or read from such a source.",
    example: { bad: `${clicks}\nsink out = clicks into console() trigger continuous`, good: `${lines}\nsink out = lines into console() trigger continuous` },
  },
  {
    code: "E3047",
    title: "continuous-sink",
    meaning: "Under the trigger `continuous` rows go into the sink as they come, at least once. A sink that writes a batch as a whole, as files are written and as transactions are committed, has none to write.",
    mending: 'Take another trigger; or write into `kafka` with `delivery: "at least once"`, `console`, `memory`, `foreach` or `discard`.',
    example: { given: lines, bad: 'sink out = lines into file("out/", format: "json") trigger continuous checkpoint "state"', good: 'sink out = lines into file("out/", format: "json") trigger every 1 second checkpoint "state"' },
  },
  {
    code: "E3048",
    title: "continuous-clock",
    meaning: "`current_timestamp()` and its like are the time of the batch, the same for all its rows, kept in the checkpoint so that a batch run again sees it again. Under the trigger `continuous` there are no batches.",
    mending: "Leave it out, or take another trigger. A source may know when a record was written: `_kafka.timestamp`, the column `timestamp` of `rate`.",
    example: { given: lines, bad: "sink out = lines |> extend current_timestamp() as at into console() trigger continuous", good: "sink out = lines |> extend current_timestamp() as at into console() trigger every 1 second" },
  },
  {
    code: "E3049",
    title: "continuous-interval",
    meaning: "The duration after `continuous` is the time between two entries of the checkpoint, not that between rows, which never wait. It has to have a length.",
    mending: "Write a duration, or leave it out: a second is the default.",
    example: { given: lines, bad: "sink out = lines into console() trigger continuous 0 seconds", good: "sink out = lines into console() trigger continuous 5 seconds" },
  },
  {
    code: "R7790",
    title: "source cannot be followed",
    meaning: "The trigger `continuous` reads from sources that hand on records as they come. The compiler holds a job against that; a module written by hand, or a connector of another version, gets here.",
    mending: "Take another trigger, or read from `kafka`, `socket` or `rate`.",
  },
];
