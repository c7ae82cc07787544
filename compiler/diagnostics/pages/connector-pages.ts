import { clicks, type Page } from "./page.ts";

const readings = 'schema Reading from json("sample.json")\nsource readings: Reading from file("readings/", format: "json")\nsink out = readings into console()';
const out = "sink out = clicks into console()";

/** E5001 to E5042: sources, sinks, their options, and files that schemas come from. */
export const connectorPages: readonly Page[] = [
  {
    code: "E5001",
    title: "unknown-connector",
    meaning: "Behind `from` stands no source that there is, or behind `into` no sink.",
    mending: "Mend the spelling: sources are `file kafka socket rate queue custom`, sinks `console memory file kafka foreach foreachBatch discard`.",
    example: { given: clicks, bad: "sink out = clicks into stdout()", good: out },
  },
  {
    code: "E5002",
    title: "unknown-connector-option",
    meaning: "The source or sink has no option of this name. An option that is ignored would be a setting that does nothing.",
    mending: "Mend the spelling; the help names what there is.",
    example: {
      bad: `source clicks: { page: string } from file("clicks/", format: "json", maxFiles: 1)\n${out}`,
      good: `source clicks: { page: string } from file("clicks/", format: "json", maxFilesPerTrigger: 1)\n${out}`,
    },
  },
  {
    code: "E5003",
    title: "connector-option-type",
    meaning: "An option has a value of another type than it takes, or a word that is none of its values.",
    mending: "Write what the message says that it wants.",
    example: { bad: `source clicks: { page: string } from file("clicks/", format: "jsn")\n${out}`, good: `source clicks: { page: string } from file("clicks/", format: "json")\n${out}` },
  },
  {
    code: "E5004",
    title: "missing-connector-option",
    meaning: "The source or sink cannot work without this option, and there is no default that would be right for everyone.",
    mending: "Give it.",
    example: { bad: 'source lines from socket(host: "localhost")\nsink out = lines into console()', good: 'source lines from socket(host: "localhost", port: 9999)\nsink out = lines into console()' },
  },
  {
    code: "E5005",
    title: "connector-option-value",
    meaning: "The value has the right type and is out of the option's range.",
    mending: "Write a value within it.",
    example: { bad: 'source lines from socket("localhost", 99999)\nsink out = lines into console()', good: 'source lines from socket("localhost", 9999)\nsink out = lines into console()' },
  },
  {
    code: "E5006",
    title: "positional-option",
    meaning: "Options may stand without a name only at the beginning, and only as many as the connector has places for.",
    mending: "Write the name: `port: 9999`.",
    example: { bad: 'source lines from socket(host: "localhost", 9999)\nsink out = lines into console()', good: 'source lines from socket(host: "localhost", port: 9999)\nsink out = lines into console()' },
  },
  {
    code: "E5007",
    title: "duplicate-connector-option",
    meaning: "An option is given twice, by its place or by its name.",
    mending: "Keep one of them.",
    example: { bad: 'source lines from socket("localhost", 9999, port: 9998)\nsink out = lines into console()', good: 'source lines from socket("localhost", 9999)\nsink out = lines into console()' },
  },
  {
    code: "E5008",
    title: "wrong-boundedness",
    meaning: "A `table` is there as a whole and a `source` goes on. This connector cannot be the one that it is declared as: a socket has no end.",
    mending: "Declare it as the other: `source` for what goes on, `table` for what is there.",
    example: { bad: 'table lines from socket("localhost", 9999)\nsink out = lines into console()', good: 'source lines from socket("localhost", 9999)\nsink out = lines into console()' },
  },
  {
    code: "E5009",
    title: "input-type",
    meaning: "A format such as JSON has no columns of its own, so the input needs a type; an input without a format has its connector's columns and takes none.",
    mending: "Write `source NAME: TYPE from …` with a `format`, or leave both out.",
    example: { bad: `source clicks from file("clicks/", format: "json")\n${out}`, good: `source clicks: { page: string } from file("clicks/", format: "json")\n${out}` },
  },
  {
    code: "E5010",
    title: "text-columns",
    meaning: "In the format text a line is one value, so there is one column and it is a string.",
    mending: "Declare one string column and take it apart with functions, or name another format.",
    example: {
      bad: 'source lines: { n: int } from file("lines/", format: "text")\nsink out = lines into console()',
      good: 'source lines: { line: string } from file("lines/", format: "text")\nsink out = lines |> select cast(line as int) as n into console()',
    },
  },
  {
    code: "E5011",
    title: "malformed-null",
    meaning: "`malformed: \"null\"` gives a record that cannot be read as a row of nulls, and a column of this type may not be null.",
    mending: "Declare every column with `?`, or send malformed records to a side output: `malformed: name`.",
    example: {
      bad: `source clicks: { page: string } from file("clicks/", format: "json", malformed: "null")\n${out}`,
      good: `source clicks: { page: string? } from file("clicks/", format: "json", malformed: "null")\n${out}`,
    },
  },
  {
    code: "E5012",
    title: "unknown-mode",
    meaning: "The modes are `append` (new rows), `update` (rows that changed) and `complete` (the whole result each time).",
    mending: "Write one of them.",
    example: { given: clicks, bad: "sink out = clicks into console() mode appending", good: "sink out = clicks into console() mode append" },
  },
  {
    code: "E5013",
    title: "repeated-sink-clause",
    meaning: "A sink has each clause once, in any order; one of the two would have to be ignored.",
    mending: "Keep one of them.",
    example: { given: clicks, bad: "sink out = clicks into console() trigger once trigger every 5 seconds", good: "sink out = clicks into console() trigger every 5 seconds" },
  },
  {
    code: "E5014",
    title: "side-output-clause",
    meaning: "A side output takes the rows that queries hand it as they run; mode, trigger and checkpoint are those of these queries.",
    mending: "Leave the clause out.",
    example: {
      bad: `source clicks: { page: string } from file("clicks/", format: "json", malformed: rejects)\nsink rejects into console() mode append\n${out}`,
      good: `source clicks: { page: string } from file("clicks/", format: "json", malformed: rejects)\nsink rejects into console()\n${out}`,
    },
  },
  {
    code: "E5015",
    title: "row-in-option",
    meaning: "Options are read when the job starts, when there is no row to take a column from.",
    mending: "Write a constant or declare a param. Of a sink's options `key`, `value`, `topic` and `partitionBy` see the row.",
    example: { given: clicks, bad: 'sink out = clicks into file(page, format: "json")', good: 'param folder: string = "out/"\nsink out = clicks into file(folder, format: "json")' },
  },
  {
    code: "E5016",
    title: "sink-columns",
    meaning: "The sink cannot write rows of these columns: there are none, or their names differ in nothing but case.",
    mending: "Keep a column, or rename one, in the step before.",
    example: { given: clicks, bad: "sink out = clicks |> drop at, page, user into console()", good: "sink out = clicks |> drop at, user into console()" },
  },
  {
    code: "E5017",
    title: "shared-side-output",
    meaning: "Rows would reach one side output through different queries: malformed records of several inputs, or the late rows of two queries that build on one watermark. Each query commits by itself, so a crash between the two could lose or double them.",
    mending: "Write `option sinks = \"together\"`, so that one query sends them, or use side outputs of their own.",
    example: {
      bad: `source clicks: { page: string } from file("clicks/", format: "json", malformed: rejects)
source views: { page: string } from file("views/", format: "json", malformed: rejects)
sink rejects into memory()
sink one = clicks into memory()
sink two = views into memory()`,
      good: `source clicks: { page: string } from file("clicks/", format: "json", malformed: rejected_clicks)
source views: { page: string } from file("views/", format: "json", malformed: rejected_views)
sink rejected_clicks into memory()
sink rejected_views into memory()
sink one = clicks into memory()
sink two = views into memory()`,
    },
  },
  {
    code: "E5018",
    title: "mixed-side-output",
    meaning: "The rows of a side output have the same columns. A late row carries those of the `watermark` step, then `late_by` and `step`; a malformed record, and one from too far ahead, is `{ raw, error, source, position, time }`.",
    mending: "Use two side outputs, or give columns of one name one type.",
    example: {
      given: `source clicks: { at: timestamp, page: string } from file("clicks/", format: "json", malformed: rejects)
sink out = timed |> aggregate count() as n group by tumbling(at, 1 hour) into console()
sink rejects into memory()`,
      bad: "stream timed = clicks |> watermark at delay 1 minute late into rejects",
      good: "stream timed = clicks |> watermark at delay 1 minute late into lates\nsink lates into memory()",
    },
  },
  {
    code: "E5030",
    title: "together-clauses",
    meaning: 'With `option sinks = "together"` all sinks are one query, which has one trigger and one checkpoint. Two sinks say different things about it.',
    mending: "Keep the clause of one sink: it holds for all.",
    example: {
      given: `option sinks = "together"\n${clicks}`,
      bad: "sink one = clicks into console() trigger every 5 seconds\nsink two = clicks into memory() trigger every 10 seconds",
      good: "sink one = clicks into console() trigger every 5 seconds\nsink two = clicks into memory()",
    },
  },
  {
    code: "E5020",
    title: "format-column",
    meaning: "The format has no way to hold a column of this type: a CSV cell is one value and no array.",
    mending: "Write it as text, with `to_json` or `array_join`; read it as a `string`; or take a format that holds it, such as JSON.",
    example: {
      given: 'source posts: { id: int, tags: string[] } from file("posts/", format: "json")',
      bad: 'sink out = posts into file("out/", format: "csv")',
      good: 'sink out = posts |> select id, array_join(tags, " ") as tags into file("out/", format: "csv")',
    },
  },
  {
    code: "E5021",
    title: "partition-column",
    meaning: "The columns of `partitionBy` name the folders of the output. An array or a record has no text that could, a column twice makes no sense, and something must be left for the files.",
    mending: "Partition by numbers, texts or dates, each once, and keep another column.",
    example: { given: clicks, bad: 'sink out = clicks into file("out/", format: "json", partitionBy: [page, page])', good: 'sink out = clicks into file("out/", format: "json", partitionBy: [page])' },
  },
  {
    code: "E5022",
    title: "options-together",
    meaning: "Two options say different things about the same, or one says nothing without another.",
    mending: "Keep one of them, or add the one that is missing, as the help says.",
    example: {
      bad: `source clicks: { page: string } from file("clicks/", format: "json", maxFilesPerTrigger: 1, maxBytesPerTrigger: 1000000)\n${out}`,
      good: `source clicks: { page: string } from file("clicks/", format: "json", maxBytesPerTrigger: 1000000)\n${out}`,
    },
  },
  {
    code: "E5023",
    title: "cleaned-by-several",
    meaning: "`cleanSource` takes files away once a batch has read them. Two queries read at their own pace, so one would take away what the other has not read.",
    mending: 'Write `option sinks = "together"`, which makes the sinks one query, or leave `cleanSource` out.',
    example: {
      given: 'source clicks: { page: string } from file("clicks/", format: "json", cleanSource: "delete")',
      bad: "sink one = clicks into console()\nsink two = clicks into memory()",
      good: "sink one = clicks into console()",
    },
  },
  {
    code: "E5024",
    title: "changelog-column",
    meaning: "`changelog` puts a column in front of the rows, which says of each whether it came, changed or left. The rows have a column of that name already.",
    mending: "Give the option another name, or rename the column.",
    example: {
      given: clicks,
      bad: 'sink out = clicks |> aggregate count() as op group by page into file("out/", format: "json", changelog: "op") mode update',
      good: 'sink out = clicks |> aggregate count() as op group by page into file("out/", format: "json", changelog: "kind") mode update',
    },
  },
  {
    code: "E5040",
    title: "inference-not-allowed",
    meaning: "The schema would be inferred from a sample, and what the sample does not show is not in it. That is never done unasked.",
    mending: "Write `option inferSchema = true`, or write the fields out.",
    example: {
      bad: readings,
      good: `option inferSchema = true\n${readings}`,
      files: { "sample.json": '{"id": 1, "value": 2.5}\n' },
    },
  },
  {
    code: "E5041",
    title: "missing-sample",
    meaning: "The file that a schema is inferred from is not there. Its path is relative to the job's file.",
    mending: "Mend the path, or put the sample there; it is read when the job is compiled, so it belongs to the job.",
    example: {
      given: "option inferSchema = true",
      bad: 'schema Reading from json("samples.json")\nsource readings: Reading from file("readings/", format: "json")\nsink out = readings into console()',
      good: readings,
      files: { "sample.json": '{"id": 1, "value": 2.5}\n' },
    },
  },
  {
    code: "E5042",
    title: "bad-sample",
    meaning: "No schema can be had from the sample: it is not what its format says, or it holds no record.",
    mending: "Mend the sample at the place that the message names, or take another.",
    example: {
      given: "option inferSchema = true",
      bad: 'schema Reading from json("broken.json")\nsource readings: Reading from file("readings/", format: "json")\nsink out = readings into console()',
      good: readings,
      files: { "sample.json": '{"id": 1, "value": 2.5}\n', "broken.json": '{"id": 1, "value": \n' },
    },
  },
];
