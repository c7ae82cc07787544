import type { Choices } from "./choices.ts";

/** What a column holds: an int, the event time of a row, or a window of one, whole or by its ends. */
type TimedKind = "int" | "time" | "start" | "end" | "window";

interface TimedColumn {
  readonly name: string;
  readonly kind: TimedKind;
  readonly nullable: boolean;
}

interface TimedRelation {
  readonly text: string;
  readonly columns: readonly TimedColumn[];
  readonly streaming: boolean;
}

/** How late a row of the sources may be; milliseconds. */
export const delayOfTimedInputs = 20_000;

/** The declarations that a random pipeline by event time stands on. */
export const timedInputs = `
  source ones: { a: int, b: int?, t: timestamp } from queue()
  source twos: { d: int, e: int?, u: timestamp } from queue()
  table side: { g: int, h: int } from queue()
  stream first = ones |> watermark t delay 20 seconds late drop
  stream second = twos |> watermark u delay 20 seconds late drop
`;

/**
 * A pipeline of at most `steps` operators over two streams with event times and a table. `closing`: its aggregates and tops are of a time mostly, as append
 * mode asks for. What a mode may not say is left to the laws of streaming.
 */
export function randomTimedPipeline(choices: Choices, steps: number, closing: boolean): string {
  const { text, columns } = new TimedPipelineMaker(choices, closing).pipeline(steps);
  // A window goes out by its ends.
  return columns.some(({ kind }) => kind === "window") ? `${text} |> drop ${columns.flatMap(({ kind, name }) => (kind === "window" ? [name] : [])).join(", ")}` : text;
}

const windows = ["tumbling(*, 20 seconds)", "tumbling(*, 1 minute)", "sliding(*, 40 seconds, every 20 seconds)", "sliding(*, 50 seconds, every 20 seconds)", "tumbling(*, 30 seconds, offset 10 seconds)"] as const;
const wholes = ["tumbling(*, 1 minute)", "tumbling(*, 2 minutes)", "sliding(*, 2 minutes, every 1 minute)"] as const;

class TimedPipelineMaker {
  readonly #choices: Choices;
  readonly #closing: boolean;
  #names = 0;

  constructor(choices: Choices, closing: boolean) {
    this.#choices = choices;
    this.#closing = closing;
  }

  pipeline(steps: number): TimedRelation {
    const count = 1 + this.#choices.below(steps);
    let relation = this.#source();
    for (let at = 0; at < count; at++) relation = at === 0 && this.#choices.below(2) === 0 ? this.#aggregate(relation) : this.#step(relation, count - at - 1);
    return relation;
  }

  #source(): TimedRelation {
    const [name, first, second, time] = this.#choices.below(2) === 0 ? ["first", "a", "b", "t"] : ["second", "d", "e", "u"];
    const [x, y, z] = [this.#name(), this.#name(), this.#name()];
    const columns: readonly TimedColumn[] = [{ name: x, kind: "int", nullable: false }, { name: y, kind: "int", nullable: true }, { name: z, kind: "time", nullable: false }];
    return { text: `${name} |> select ${first} as ${x}, ${second} as ${y}, ${time} as ${z}`, columns, streaming: true };
  }

  #table(): TimedRelation {
    const [g, h] = [this.#name(), this.#name()];
    return { text: `side |> select g as ${g}, h as ${h}`, columns: [{ name: g, kind: "int", nullable: false }, { name: h, kind: "int", nullable: false }], streaming: false };
  }

  #step(input: TimedRelation, left: number): TimedRelation {
    const then = (step: string, columns: readonly TimedColumn[] = input.columns): TimedRelation => ({ ...input, text: `${input.text} |> ${step}`, columns });
    const ints = input.columns.filter(({ kind }) => kind === "int");
    const int = (): TimedColumn => ints[this.#choices.below(ints.length)] ?? { name: "1", kind: "int", nullable: false };
    switch (this.#choices.below(15)) {
      case 0:
        return then(`where ${int().name} ${this.#choices.of([">", "<", "!="])} ${this.#choices.below(4)}`);
      case 1: {
        const [from, name] = [int(), this.#name()];
        return then(`extend ${from.name} % 3 as ${name}`, [...input.columns, { name, kind: "int", nullable: from.nullable }]);
      }
      case 2: {
        const kept = input.columns.filter((column, at) => at === 0 || this.#choices.below(column.kind === "int" ? 2 : 4) !== 0);
        return then(`select ${kept.map(({ name }) => name).join(", ")}`, kept);
      }
      case 3:
      case 4:
      case 5:
      case 6:
        return this.#aggregate(input);
      case 7:
      case 8:
      case 9:
      case 10:
        return this.#join(input, left);
      case 11:
        return this.#top(input, int);
      case 12: {
        // A number alone is no key that has a name.
        const named = [...(ints.length === 0 ? [] : [int()]), ...this.#times(input)];
        const key = named.length === 0 ? input.columns.slice(0, 1) : named;
        return then(`dedup by ${key.map(({ name }) => name).join(", ")} |> select ${key.map(({ name }) => name).join(", ")}`, key);
      }
      case 13:
        return this.#union(input, int);
      default: {
        const [one, other, name] = [int(), int(), this.#name()];
        return then(`explode [${one.name}, ${other.name}] as ${name}`, [...input.columns, { name, kind: "int", nullable: one.nullable || other.nullable }]);
      }
    }
  }

  /** Event times to go by, mostly some: a raw time, or both ends of a window. */
  #times({ columns }: TimedRelation): readonly TimedColumn[] {
    if (this.#choices.below(this.#closing ? 8 : 3) === 1) return [];
    const ends = columns.filter(({ kind }) => kind === "end");
    const end = ends[this.#choices.below(ends.length)];
    if (end === undefined) return columns.filter(({ kind }) => kind === "time").slice(0, 1);
    const start = columns[columns.indexOf(end) - 1];
    return start?.kind === "start" && this.#choices.below(4) !== 0 ? [start, end] : [end];
  }

  #aggregate(input: TimedRelation): TimedRelation {
    const ints = input.columns.filter(({ kind }) => kind === "int");
    const keys = ints.filter(() => this.#choices.below(3) === 0).slice(0, 2);
    const made: TimedColumn[] = [];
    const calls = Array.from({ length: 1 + this.#choices.below(2) }, () => {
      const of = ints[this.#choices.below(ints.length)]?.name ?? "1";
      const where = this.#choices.below(5) === 0 ? ` where ${of} > 1` : "";
      const [call, nullable] = this.#choices.of<readonly [string, boolean]>([
        [`cast(count(${where}) as int)`, false],
        [`cast(count(distinct ${of}${where}) as int)`, false],
        [`cast(sum(${of}${where}) as int)`, true],
        [`min(${of}${where})`, true],
        [`max(${of}${where})`, true],
        [`cast(avg(${of}${where}) * 4 as int)`, true],
      ]);
      const name = this.#name();
      made.push({ name, kind: "int", nullable });
      return `${call} as ${name}`;
    });
    const timed = input.columns.filter(({ kind, nullable }) => (kind === "time" || kind === "window") && !nullable);
    const time = timed[this.#choices.below(timed.length)];
    const way = this.#choices.below(this.#closing ? 8 : 5);
    if (time === undefined || way === 1) {
      const by = [...keys, ...this.#times(input)];
      return { ...input, text: `${input.text} |> aggregate ${calls.join(", ")}${by.length === 0 ? "" : ` group by ${by.map(({ name }) => name).join(", ")}`}`, columns: [...by, ...made] };
    }
    const window = this.#choices.of(time.kind === "time" ? windows : wholes).replace("*", time.name);
    const [whole, start, end] = [this.#name(), this.#name(), this.#name()];
    const columns: readonly TimedColumn[] = [...keys, ...made, { name: start, kind: "start", nullable: false }, { name: end, kind: "end", nullable: false }, { name: whole, kind: "window", nullable: false }];
    const select = `select ${[...keys, ...made].map(({ name }) => name).join(", ")}, window_start as ${start}, window_end as ${end}, window as ${whole}`;
    return { ...input, text: `${input.text} |> aggregate ${calls.join(", ")} group by ${[...keys.map(({ name }) => name), window].join(", ")} |> ${select}`, columns };
  }

  #top(input: TimedRelation, int: () => TimedColumn): TimedRelation {
    const keys = [...(this.#choices.below(2) === 0 ? [] : [int()]), ...this.#times(input)];
    const ties = this.#choices.below(3) === 0 ? " with ties" : "";
    const rank = this.#choices.below(2) === 0 ? this.#name() : undefined;
    const per = keys.length === 0 ? "" : ` per ${keys.map(({ name }) => name).join(", ")}`;
    const text = `${input.text} |> top ${1 + this.#choices.below(3)}${ties}${rank === undefined ? "" : ` as ${rank}`} by ${int().name}${this.#choices.of(["", " desc", " desc nulls first"])}${per}`;
    return { ...input, text, columns: rank === undefined ? input.columns : [...input.columns, { name: rank, kind: "int", nullable: false }] };
  }

  /** All rows and some of them once more. */
  #union(input: TimedRelation, int: () => TimedColumn): TimedRelation {
    return { ...input, text: `(${input.text}) |> union (${input.text} |> where ${int().name} > ${this.#choices.below(3)})` };
  }

  #join(input: TimedRelation, left: number): TimedRelation {
    const other = this.#choices.below(4) === 0 ? this.#table() : this.#otherSide(input, left);
    const kind = this.#choices.of(["", "left ", "right ", "full ", "semi ", "anti "]);
    const pick = ({ columns }: TimedRelation): string => this.#pickOf(columns.filter(({ kind: of }) => of === "int"));
    const times = this.#timesTogether(input, other);
    const rest = this.#choices.below(4) === 0 ? ` and ${pick(input)} <= ${pick(other)}` : "";
    const safe = this.#choices.below(5) === 0 ? "is not distinct from" : "=";
    const text = `${input.text} |> join ${kind}(${other.text}) on ${pick(input)} ${safe} ${pick(other)}${times}${rest}${other.streaming ? " unbounded" : ""}`;
    const optional = (columns: readonly TimedColumn[], may: boolean): readonly TimedColumn[] => (may ? columns.map((column) => ({ ...column, nullable: true })) : columns);
    const testsOnly = kind === "semi " || kind === "anti ";
    const columns = testsOnly ? input.columns : [...optional(input.columns, kind === "right " || kind === "full "), ...optional(other.columns, kind === "left " || kind === "full ")];
    return { text, columns, streaming: true };
  }

  /** What bounds a join by time, where both sides have a time; mostly. */
  #timesTogether(input: TimedRelation, other: TimedRelation): string {
    if (this.#choices.below(5) === 1) return "";
    const of = ({ columns }: TimedRelation, kind: TimedKind): string | undefined => columns.find((column) => column.kind === kind)?.name;
    const [end, otherEnd, start, otherStart] = [of(input, "end"), of(other, "end"), of(input, "start"), of(other, "start")];
    const [time, otherTime] = [of(input, "time"), of(other, "time")];
    if (end !== undefined && otherEnd !== undefined) {
      const [whole, otherWhole] = [of(input, "window"), of(other, "window")];
      if (whole !== undefined && otherWhole !== undefined && this.#choices.below(3) === 0) return ` and ${whole} = ${otherWhole}`;
      return start !== undefined && otherStart !== undefined && this.#choices.below(3) !== 0 ? ` and ${start} = ${otherStart} and ${end} = ${otherEnd}` : ` and ${end} = ${otherEnd}`;
    }
    if (time !== undefined && otherTime !== undefined) {
      return this.#choices.of([` and ${otherTime} between ${time} - 20 seconds and ${time} + 30 seconds`, ` and ${time} <= ${otherTime} and ${otherTime} < ${time} + 40 seconds`, ` and ${time} = ${otherTime}`, ` and tumbling(${time}, 30 seconds) = tumbling(${otherTime}, 30 seconds)`]);
    }
    if (time !== undefined && otherStart !== undefined && otherEnd !== undefined) return ` and ${time} >= ${otherStart} and ${time} < ${otherEnd}`;
    if (otherTime !== undefined && start !== undefined && end !== undefined) return this.#choices.of([` and ${otherTime} >= ${start} and ${otherTime} < ${end}`, ` and ${otherTime} between ${end} and ${end} + 30 seconds`]);
    return "";
  }

  /** A stream, what a few steps make of one, or windows beside windows. */
  #otherSide(input: TimedRelation, left: number): TimedRelation {
    if (input.columns.some(({ kind }) => kind === "end") && this.#choices.below(3) !== 0) return this.#aggregate(this.#source());
    return left <= 0 || this.#choices.below(2) === 0 ? this.#source() : this.#step(this.#source(), 0);
  }

  #pickOf(columns: readonly TimedColumn[]): string {
    return columns[this.#choices.below(columns.length)]?.name ?? "1";
  }

  #name(): string {
    return `x${++this.#names}`;
  }
}
