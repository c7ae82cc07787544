import type { Page } from "./page.ts";

const bug = "If building the job again does not help, it is a bug in Sluice: please report it with the job.";

/** R70xx, R76xx and R79xx: the machine, how a job is started, and our own bugs. */
export const runPages: readonly Page[] = [
  {
    code: "R7001",
    title: "file system without hard links",
    meaning: "A file has to get its name without replacing another one, and this file system cannot do that. Two engines could overwrite each other's batches.",
    mending: "Put checkpoints and the files of sinks on a local file system such as ext4, xfs, btrfs, APFS or NTFS.",
  },
  {
    code: "R7601",
    title: "param has no value",
    meaning: "The param has no default, so it has to be given when the job starts.",
    mending: "Write `--param NAME=VALUE`, or give it a default in the job.",
    example: {
      bad: 'param folder: string\ntable clicks: { page: string } from file(folder, format: "json")\nsink out = clicks into memory()',
      good: 'param folder: string = "clicks/"\ntable clicks: { page: string } from file(folder, format: "json")\nsink out = clicks into memory()',
      input: { "clicks/1.json": '{"page":"/"}\n' },
    },
  },
  {
    code: "R7602",
    title: "param is of another type",
    meaning: "A program started the job with a value for a param that is not of its type.",
    mending: "Give a value of the type that the job declares.",
  },
  {
    code: "R7603",
    title: "variable is not set",
    meaning: "A param takes its value from an environment variable that is not set, and `env` has no second argument to fall back on.",
    mending: "Set the variable, give the param (`--param NAME=VALUE`), or write `env(\"NAME\", \"default\")`.",
    example: {
      bad: 'param folder: string = env("CLICKS")\ntable clicks: { page: string } from file(folder, format: "json")\nsink out = clicks into memory()',
      good: 'param folder: string = env("CLICKS", "clicks/")\ntable clicks: { page: string } from file(folder, format: "json")\nsink out = clicks into memory()',
      input: { "clicks/1.json": '{"page":"/"}\n' },
    },
  },
  {
    code: "R7604",
    title: "text is not a value of the param",
    meaning: "The text of `--param` cannot be read as the type that the job declares.",
    mending: "Write it as the help shows. Durations are written in words: `--param pause='5 minutes'`.",
  },
  {
    code: "R7605",
    title: "interrupted",
    meaning: "The query was told to end at once, in the middle of a batch. What the batch had done so far is not committed.",
    mending: "Start it again with its checkpoint: the batch is run again.",
  },
  {
    code: "R7606",
    title: "source has no end",
    meaning: "`--batch` reads everything at once, and this source goes on without end.",
    mending: "Run the job without `--batch`; `--available-now` takes what is there and ends.",
  },
  {
    code: "R7607",
    title: "cannot be a source",
    meaning: "The connector is only there as a whole and cannot be followed.",
    mending: "Declare it as a `table`.",
  },
  {
    code: "R7608",
    title: "no such query",
    meaning: "`--query` names none of the job's sinks.",
    mending: "Take one of the names in the help.",
  },
  {
    code: "R7609",
    title: "no checkpoint",
    meaning: "The query writes where rows must not come twice, or it was told to go on where it was, and there is no checkpoint that would say where that is.",
    mending: "Write `--checkpoint DIR`, or `checkpoint \"dir\"` in the sink.",
  },
  {
    code: "R7610",
    title: "no such param",
    meaning: "`--param` names none of the job's params. A value that nothing reads would be a mistake that goes unseen.",
    mending: "Take one of the names in the help, or declare the param.",
  },
  {
    code: "R7620",
    title: "unknown option",
    meaning: "The command line holds an option that there is not, or a word that is none.",
    mending: "Mend the spelling; `--help` lists the options.",
  },
  {
    code: "R7621",
    title: "bad value of an option",
    meaning: "An option lacks its value, has one though it takes none, or has one that it cannot use.",
    mending: "Write it as the help shows.",
  },
  {
    code: "R7622",
    title: "options do not go together",
    meaning: "Two options contradict each other, one is given twice, or one says how to do what no other asks for.",
    mending: "Keep one of them, or add the one that is missing.",
  },
  {
    code: "R7640",
    title: "address cannot be listened on",
    meaning: "`--port` lets a run answer `/health`, `/metrics` and `/progress`, and its address is taken by another process, or is none of this machine's. No query was started.",
    mending: "Choose another port, or `--port 0` for any that is free; stderr names it.",
  },
  {
    code: "R7900",
    title: "a bug in Sluice",
    meaning: "Something happened that no job should be able to bring about.",
    mending: "Please report it with the job and with what was printed. With a checkpoint nothing is lost: the batch was not committed.",
  },
  {
    code: "R7901",
    title: "module lacks a read",
    meaning: "The emitted module has no handler for one of its reads: it does not fit the runtime.",
    mending: `Build the job again with the installed version. ${bug}`,
  },
  {
    code: "R7902",
    title: "module lacks a side output",
    meaning: "The emitted module has no side output that one of its sources names.",
    mending: `Build the job again with the installed version. ${bug}`,
  },
  {
    code: "R7903",
    title: "state was not loaded",
    meaning: "State would be committed that was never loaded.",
    mending: bug,
  },
  {
    code: "R7904",
    title: "param of an unknown type",
    meaning: "The emitted module declares a param of a type that no text can give.",
    mending: `Build the job again with the installed version. ${bug}`,
  },
  {
    code: "R7905",
    title: "module lacks a sink",
    meaning: "The emitted module has a query without a sink.",
    mending: `Build the job again with the installed version. ${bug}`,
  },
  {
    code: "R7906",
    title: "row taken back that was never given",
    meaning: "An operator below sent a change that takes a row out of a result which does not have it.",
    mending: `Build the job again with the installed version. ${bug}`,
  },
];
