import type { Page } from "./page.ts";

const clicks = "schema Click { id: long, page: string? }";
const schema = '{"type": "record", "name": "Click", "fields": [{"name": "id", "type": "long"}, {"name": "page", "type": ["null", "string"]}]}\n';

/** E5080 to E5082 and R7750 to R7769: Avro, its schemas and their registry. */
export const avroPages: readonly Page[] = [
  {
    code: "E5080",
    title: "avro-schema-source",
    meaning: "A message in Avro can be read only with the schema that it was written with. In Confluent's wire format each message names it by an id, which a registry knows; plain messages name nothing, so all must be of one schema, which a file declares.",
    mending: 'Add `registry: "http://…"`, or `schemaFile: "….avsc"` for plain messages.',
    example: {
      given: clicks,
      bad: 'source clicks: Click from kafka("localhost:9092", subscribe: "clicks", format: "avro")\nsink out = clicks into discard()',
      good: 'source clicks: Click from kafka("localhost:9092", subscribe: "clicks", format: "avro", registry: "http://localhost:8081")\nsink out = clicks into discard()',
    },
  },
  {
    code: "E5081",
    title: "avro-column",
    meaning: "The schema file has no field for a column, or one of a type that the column cannot be read from or written as. Numbers are widened (int, long, float, double), decimals and timestamps are exact; nothing is narrowed and no text is made a number.",
    mending: "Declare the column as the schema has it, or take all of them from it: `schema NAME from avro(\"….avsc\")`.",
    example: {
      bad: 'source clicks: { id: int } from file("clicks/", format: "avro", schemaFile: "click.avsc")\nsink out = clicks into discard()',
      good: 'source clicks: { id: long } from file("clicks/", format: "avro", schemaFile: "click.avsc")\nsink out = clicks into discard()',
      files: { "click.avsc": schema },
    },
  },
  {
    code: "E5082",
    title: "avro-field",
    meaning: "A field of the schema file has a type that this language lacks: a union of several types besides null, a record that holds itself, a decimal of more than 38 digits.",
    mending: "Write the fields that the job reads, `schema NAME { … }`: those that it does not name are passed over.",
    example: {
      bad: 'schema Click from avro("click.avsc")\nsource clicks: Click from file("clicks/", format: "avro")\nsink out = clicks into discard()',
      good: 'schema Click { id: long }\nsource clicks: Click from file("clicks/", format: "avro")\nsink out = clicks into discard()',
      files: { "click.avsc": '{"type": "record", "name": "Click", "fields": [{"name": "id", "type": "long"}, {"name": "next", "type": ["null", "Click"]}]}\n' },
    },
  },
  {
    code: "R7750",
    title: "registry gives no answer",
    meaning: "The schema registry could not be reached, was overloaded or did not answer in time, for a minute.",
    mending: "See that it runs and that its address is right. The query goes on from its checkpoint when it is started again.",
  },
  {
    code: "R7751",
    title: "registry refuses access",
    meaning: "The schema registry does not know who asks, or does not allow it.",
    mending: "Check `registryUser` and `registryPassword`, or `registryToken`, and what they may do there: reading needs schemas by their ids, writing registers one.",
  },
  {
    code: "R7752",
    title: "no schema of this id",
    meaning: "A message names a schema that the registry does not have. Such messages are malformed: this is the reason that the job is told of.",
    mending: "Check that it is the registry that the producers write with.",
  },
  {
    code: "R7753",
    title: "registry does not take the schema",
    meaning: "The schema of the rows is not compatible with those that the subject has, by the rules that the registry keeps for it.",
    mending: "Keep to columns that the subject's readers can take, loosen its compatibility, or write to another `subject`. A column that is new should be one that may be null.",
  },
  {
    code: "R7754",
    title: "registry's answer is not understood",
    meaning: "What answers at this address is not a schema registry with the interface of Confluent's.",
    mending: "Check the address; a path in it is kept.",
  },
  {
    code: "R7755",
    title: "address of the registry is no URL",
    meaning: "The address has to begin with `http://` or `https://`.",
    mending: 'Write `registry: "http://host:8081"`.',
  },
  {
    code: "R7756",
    title: "schema is not one of Avro by itself",
    meaning: "A message names a schema of another kind (Protobuf, JSON), or one that refers to schemas of other subjects. Such messages are malformed: this is the reason that the job is told of.",
    mending: "Write the topic with Avro schemas that stand by themselves.",
  },
  {
    code: "R7757",
    title: "schema does not fit the columns",
    meaning: "A container file was written with a schema from which the declared columns cannot be read: a field is not there and may not be null, or is of another type.",
    mending: "Declare the columns as the file has them. A field that the file does not have takes the default of a schema file where the source names one, by `schemaFile: \"….avsc\"`: `schema … from avro(\"….avsc\")` takes names and types, and no defaults.",
  },
  {
    code: "R7758",
    title: "Avro file is damaged",
    meaning: "The file is not a container file, or it is cut off or changed: the place is where the header or the block begins that cannot be read.",
    mending: "Say that a damaged file is passed over, as one malformed record behind the rows that could be read of it: `malformed: \"drop\"`, or the name of a side output. Or take it away and read with `ignoreMissingFiles: true`. What it was to hold can be written again under another name.",
  },
  {
    code: "R7759",
    title: "codec is not supported",
    meaning: "The blocks of the container file are compressed in a way that nothing here unpacks.",
    mending: "Write it with `null`, `deflate`, `snappy` or `zstandard`.",
  },
  {
    code: "R7760",
    title: "rows cannot be written as Avro",
    meaning: "A row has a value that the schema takes no such of, or the schema has other columns. Nothing of the batch becomes visible.",
    mending: "Change the columns with a `select`, or the schema.",
  },
  {
    code: "R7769",
    title: "Avro block of too many rows",
    meaning: "A block says that it has more rows than bytes. Rows without fields, or of nulls alone, take no bytes, so that a file of a hundred bytes can say that it has any number of them, and reading it would not end. Up to 16,777,216 such rows in a block are read.",
    mending: "Write the file again, with a field that has a value or with smaller blocks, or take it out of the folder.",
  },
];
