import type { Page } from "./page.ts";

const target = "// target: spark";
const fine = `${target}\nsource orders: { id: long, buyer: string } from file("orders/", format: "parquet")`;

/** E4140–E4147 and W4140–W4144: sources, sinks, formats, options and params, with `--target spark`. */
export const sparkConnectorPages: readonly Page[] = [
  {
    code: "E4140",
    title: "connector-on-spark",
    meaning: "Spark has no such source or sink: receivers and writers in TypeScript run in Node, and the rows of a queue are handed in by a program there.",
    mending: "Read from and write into `file` or `kafka`, which both engines have.",
    example: { given: target, bad: 'source rows: { id: long } from queue(format: "json")\nsink out = rows into console()', good: 'source rows: { id: long } from file("rows/", format: "json")\nsink out = rows into console()' },
  },
  {
    code: "E4141",
    title: "column-on-spark",
    meaning: "Spark reads or writes values of this type in another form than Sluice does in this format: a duration in ISO-8601's form is no interval to it, and keys of a JSON object are texts.",
    mending: "Declare the column as a number or a text, and compute from that.",
    example: { given: target, bad: 'source stays: { user: string, stay: duration } from file("stays/", format: "json")\nsink out = stays into console()', good: 'source stays: { user: string, ms: long } from file("stays/", format: "json")\nsink out = stays into console()' },
  },
  {
    code: "E4142",
    title: "option-on-spark",
    meaning: "Spark has nothing that would mean the same as this option, or this value of it. Among them is `delivery: \"exactly once\"` into Kafka, where Spark writes without transactions, and a registry of schemas, which it does not ask.",
    mending: "Leave it out, or take what the help names.",
    example: { given: fine, bad: 'sink out = orders |> aggregate count() as n group by buyer into file("out/", format: "json", replace: true) mode complete', good: "sink out = orders |> aggregate count() as n group by buyer into memory() mode complete" },
  },
  {
    code: "E4143",
    title: "malformed-into-on-spark",
    meaning: "A side output of malformed records holds their text, their place and the error. Spark's readers tell neither the place nor the error.",
    mending: 'Write `malformed: "drop"` or `"fail"`, or look at the malformed records in Node.',
    example: {
      given: target,
      bad: 'source orders: { id: long } from file("orders/", format: "json", malformed: broken)\nsink out = orders into console()\nsink broken into console()',
      good: 'source orders: { id: long } from file("orders/", format: "json", malformed: "fail")\nsink out = orders into console()',
    },
  },
  {
    code: "E4145",
    title: "param-default-on-spark",
    meaning: "A variable of the environment that stands alone is read as `--param` is. What a default computes, Spark computes, and it knows no variables.",
    mending: "Leave the computing to the steps that use the param.",
    example: { given: fine, bad: 'param least: int = cast(env("LEAST", "1") as int) + 1\nsink out = orders |> where id > least into console()', good: 'param least: int = cast(env("LEAST", "1") as int)\nsink out = orders |> where id > least + 1 into console()' },
  },
  {
    code: "E4147",
    title: "sinks-together-on-spark",
    meaning: 'With `option sinks = "together"` all sinks of a job are one query, and a batch is committed when every sink has it. On Spark a query has one sink, with a checkpoint of its own.',
    mending: "Leave the option out, and give each sink its own checkpoint.",
    example: { given: target, bad: `option sinks = "together"\nsource orders: { id: long } from file("orders/", format: "json")\nsink out = orders into console()`, good: 'source orders: { id: long } from file("orders/", format: "json")\nsink out = orders into console()' },
  },
  {
    code: "W4140",
    title: "table-read-once-on-spark",
    meaning: "In Node a batch that finds the files of a table changed reads them again. Spark lists the files of a table once, when the program starts: those that come later are not seen, and one that changes may be read half.",
    mending: "Write `reread: false`, which means the same on both; or start the program again when the table has changed.",
    example: {
      given: `${fine}\nsink out = orders |> join buyers using (buyer) into console()`,
      bad: 'table buyers: { buyer: string, country: string } from file("buyers/", format: "parquet")',
      good: 'table buyers: { buyer: string, country: string } from file("buyers/", format: "parquet", reread: false)',
    },
  },
  {
    code: "W4141",
    title: "malformed-otherwise-on-spark",
    meaning: "What is a well-formed record both engines read alike. Some odd ones Sluice calls malformed and Spark takes, or the other way round: the message names them. Told where the job says that malformed records may come, or where Parquet's timestamps have no zone.",
    mending: 'Let what writes the records write them well-formed; under `malformed: "fail"` the job says that they are.',
    example: { given: target, bad: 'source orders: { id: long } from file("orders/", format: "json", malformed: "drop")\nsink out = orders into console()', good: 'source orders: { id: long } from file("orders/", format: "json")\nsink out = orders into console()' },
  },
  {
    code: "W4142",
    title: "socket-on-spark",
    meaning: "In Node the lines of a batch are written into the checkpoint before it runs, because a socket cannot send again. Spark keeps nothing of them: what was not through is lost, and the query cannot go on from its checkpoint.",
    mending: "Read from `kafka` where nothing may be lost.",
    example: { given: target, bad: 'source lines from socket("localhost", 9999)\nsink out = lines into console()', good: 'source lines: { value: string } from file("lines/", format: "text")\nsink out = lines into console()' },
  },
  {
    code: "W4143",
    title: "header-on-spark",
    meaning: "In Node the columns of a CSV file with a header are found by their names. A program of Spark looks at the headers of the files that are there when it starts. Where one differs from the declared columns it finds them by their names too, which is slower; where all agree it goes by the place, and holds every header against the columns: a file that comes later with another one fails the query. Started again, the program goes on with it.",
    mending: "Declare all columns in the order of the files; with `enforceSchema: true` both engines go by the place.",
    example: {
      given: target,
      bad: 'source orders: { id: long } from file("orders/", format: "csv", header: true)\nsink out = orders into console()',
      good: 'source orders: { id: long } from file("orders/", format: "csv", header: true, enforceSchema: true)\nsink out = orders into console()',
    },
  },
  {
    code: "W4144",
    title: "repeats-on-spark",
    meaning: "At least once means that a batch that is run again is sent again. Messages from Node have headers by which a reader can tell a repeat; Spark sends none.",
    mending: "Write a column by which readers can drop repeats, or a key under which a repeat replaces what was sent.",
    example: { given: `${fine}\noption compatibility = "spark"`, bad: 'sink out = orders into kafka("localhost:9092", topic: "orders", key: buyer, format: "json")', good: 'sink out = orders into file("out/", format: "json")' },
  },
];
