import type { CaseFile } from "../support/differential-case.ts";
import type { Dice } from "./dice.ts";
import type { RandomColumn, ValueType } from "./random-column.ts";

/** An input of a random job: the statement that declares it, its columns, and its files by the batch in which they come. */
export interface RandomInput {
  readonly name: string;
  readonly statement: string;
  readonly columns: readonly RandomColumn[];
  readonly files: readonly CaseFile[];
}

/** A value of a field: null, or the text that stands in the file, in JSON quoted or not. */
type Cell = { readonly text: string; readonly quoted: boolean } | null;

interface Field extends RandomColumn {
  readonly declared: string;
  readonly cell: (dice: Dice, at: Moment) => Cell;
}

/** Where a row stands: its number, unlike any other's, and its event time. */
interface Moment {
  readonly id: number;
  readonly millis: number;
}

const second = 1000;
const words = ["a", "b", "B", " pad ", "", "naïve", "Straße", "日本", "😀x", "12", "-7.5", "a,b", 'q"t', "c\\d", "null", "É", "ab%_c", "2024-02-30", "true"] as const;
const keys = ["a", "b", "B", "ß", "日"] as const;

const word = (dice: Dice): Cell => bare(dice.of(words), true);
const maybe = (dice: Dice, cell: () => Cell): Cell => (dice.once(5) ? null : cell());

function field(name: string, type: ValueType, declared: string, cell: Field["cell"]): Field {
  return { name, type, declared, cell: declared.endsWith("?") ? (dice, at) => maybe(dice, () => cell(dice, at)) : cell };
}

function bare(text: string, quoted = false): Cell {
  return { text, quoted };
}

const anyInt = (dice: Dice): Cell => bare(dice.of(["0", "1", "2", "3", "-1", "7", "100", "-2147483648", "2147483647"]));
const anyLong = (dice: Dice): Cell => bare(dice.of(["0", "1", "-5", "42", "9007199254740993", "9223372036854775807", "-9223372036854775808"]));
const anyDouble = (dice: Dice): Cell => {
  const text = dice.of(["0.0", "-0.0", "1.5", "0.1", "-2.75", "1e300", "-1.7976931348623157e308", "4.9e-324", "123456789.123", "NaN", "Infinity", "-Infinity", "1e7", "0.001", "1e-5"]);
  return bare(text, /[NI]/.test(text));
};
const quarter = (dice: Dice): Cell => bare(String((dice.below(400) - 100) / 4));
const price = (dice: Dice): Cell => bare(dice.of(["0.00", "0.10", "19.99", "-5.25", "100.00", "9999999999.99", "3.5"]));
const day = (dice: Dice): Cell => bare(dice.of(["1970-01-01", "1969-12-31", "2024-02-29", "2023-12-31", "1900-03-01", "9999-12-31", "0001-01-01", "2024-03-31", "1582-10-04"]), true);
const flag = (dice: Dice): Cell => bare(dice.of(["true", "false"]));

function time(dice: Dice, millis: number): Cell {
  const iso = new Date(millis).toISOString();
  const shifted = new Date(millis + 5_400_000).toISOString().replace("Z", "+01:30");
  return bare(dice.of([iso, iso, iso.replace("Z", `${dice.of(["000", "250", "999"])}Z`), shifted, iso.replace("T", " ")]), true);
}

const events: readonly Field[] = [
  field("id", "long", "long", (_, { id }) => bare(String(id))),
  field("at", "timestamp", "timestamp", (dice, { millis }) => time(dice, millis)),
  field("k", "string", "string", (dice) => bare(dice.of(keys), true)),
  field("n", "int", "int?", anyInt),
  field("big", "long", "long?", anyLong),
  field("x", "double", "double?", anyDouble),
  field("q", "double", "double", quarter),
  field("price", "decimal", "decimal(12,2)?", price),
  field("note", "string", "string?", word),
  field("flag", "boolean", "boolean?", flag),
  field("day", "date", "date?", day),
  field("due", "timestamp", "timestamp?", (dice, { millis }) => time(dice, dice.once(4) ? -1 - dice.below(2 ** 40) : millis + dice.below(7200) * second)),
];
const nested: readonly Field[] = [
  field("tags", "texts", "string[]", (dice) => bare(JSON.stringify(Array.from({ length: dice.below(4) }, () => dice.of(words))))),
  field("m", "counts", "map<string, int>?", (dice) => bare(JSON.stringify(Object.fromEntries(keys.slice(0, dice.below(4)).map((key) => [key, dice.below(5)]))))),
  field("place", "place", "{ city: string?, zone: int }?", (dice) => bare(`{"city":${dice.once(3) ? "null" : JSON.stringify(dice.of(words))},"zone":${dice.below(3)}}`)),
];
const answers: readonly Field[] = [
  field("ref", "long", "long", (dice, { id }) => bare(String(Math.max(0, id - dice.below(4))))),
  field("seen", "timestamp", "timestamp", (dice, { millis }) => time(dice, millis)),
  field("j", "string", "string", (dice) => bare(dice.of(keys), true)),
  field("amount", "int", "int?", (dice) => bare(String(dice.below(6)))),
  field("reply", "string", "string?", word),
];
const people: readonly Field[] = [
  field("key", "string", "string", (dice) => bare(dice.of(["a", "b", "B", "c", "ß"]), true)),
  field("title", "string", "string?", word),
  field("rank", "int", "int?", (dice) => bare(String(dice.below(4)))),
  field("born", "date", "date?", day),
];

/** The inputs of a job: two streams, or tables in their place, and a table of people. */
export function randomInputs(dice: Dice, streaming: boolean): readonly RandomInput[] {
  const starts = [Date.UTC(2024, 2, 30, 22, 50), Date.UTC(1969, 11, 31, 23, 40), Date.UTC(2024, 1, 29, 12), Date.UTC(2024, 9, 27, 0, 10)] as const;
  const start = dice.of(starts);
  const batches = dice.of([2, 2, 3, 3, 4] as const);
  const from = (name: string, fields: readonly Field[], format: string): RandomInput => input(dice, name, fields, format, streaming ? "source" : "table", batches, start);
  const format = dice.of(["json", "json", "csv"] as const);
  return [from("events", format === "json" ? [...events, ...nested] : events, format), from("answers", answers, dice.of(["json", "csv"] as const)), input(dice, "people", people, dice.of(["json", "csv"] as const), "table", 1, start)];
}

function input(dice: Dice, name: string, fields: readonly Field[], format: string, keyword: "source" | "table", batches: number, start: number): RandomInput {
  const malformed = dice.once(4);
  const drops = malformed ? ', malformed: "drop"' : "";
  const limit = keyword === "source" ? ", maxFilesPerTrigger: 1" : "";
  const header = format === "csv" ? ", header: true" : "";
  const statement = `${keyword} ${name}: {\n${fields.map((one) => `  ${one.name}: ${one.declared}\n`).join("")}} from file("data/${name}", format: "${format}"${header}${limit}${drops})`;
  let id = 0;
  const files = Array.from({ length: batches }, (_, batch): CaseFile => {
    const far = batch === batches - 1 ? dice.of([0, 600, 86_400] as const) : 0;
    const lines: string[] = [];
    for (let count = keyword === "table" && name === "people" ? 2 + dice.below(6) : 5 + dice.below(16); count > 0; count--) {
      const late = dice.once(8) ? dice.below(7200) : 0;
      // Whole minutes make ties and fall on the bounds of windows.
      const offset = batch * 900 + far + (dice.once(3) ? dice.below(15) * 60 : dice.below(900)) - late;
      const moment = { id: id++, millis: start + offset * second + (dice.once(6) ? 500 : 0) };
      const line = lineOf(fields, format, fields.map((one) => one.cell(dice, moment)), dice);
      lines.push(line, ...(dice.once(8) ? [line] : []), ...(malformed && dice.once(5) ? [dice.of(format === "csv" ? ["x", "1,2,3", ",,,,", '"open', "x,y,z,,,,,,,,,,,,,"] : ["{", "[]", "oops", '{"id": "x"}', '{"key": 1.5}', "{}", '{"ref": 1, "seen": "never"}'])] : []));
    }
    const head = format === "csv" ? `${fields.map((one) => one.name).join(",")}\n` : "";
    return { path: `data/${name}/${batch}.${format}`, content: `${head}${lines.join("\n")}\n` };
  });
  return { name, statement, columns: fields, files };
}

function lineOf(fields: readonly Field[], format: string, cells: readonly Cell[], dice: Dice): string {
  if (format === "csv") return cells.map((cell) => (cell === null ? "" : cell.text === "" || /[",\\]|^\s|\s$/.test(cell.text) ? `"${cell.text.replaceAll(/["\\]/g, "\\$&")}"` : cell.text)).join(",");
  const members = cells.flatMap((cell, at) => {
    const name = JSON.stringify(fields[at]?.name);
    if (cell === null) return dice.once(3) ? [] : [`${name}:null`];
    return [`${name}:${cell.quoted ? JSON.stringify(cell.text) : cell.text}`];
  });
  return `{${members.join(",")}}`;
}
