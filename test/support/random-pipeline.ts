import type { Choices } from "./choices.ts";

/** A column of a random pipeline. All are ints: what they hold is counted, added and compared. */
interface RandomColumn {
  readonly name: string;
  readonly nullable: boolean;
}

/** A pipeline as text, and what it gives. */
interface RandomRelation {
  readonly text: string;
  readonly columns: readonly RandomColumn[];
  /** Whether its rows come from a stream, and not from a table alone. */
  readonly streaming: boolean;
}

/** The declarations that a random pipeline stands on. */
export const randomInputs = `
  source ones: { a: int, b: int?, c: int } from queue()
  source twos: { d: int, e: int?, f: int } from queue()
  table side: { g: int, h: int } from queue()
`;

/** A pipeline of at most `steps` operators over two streams and a table, for update mode: what it may not say is left to the laws of streaming. */
export function randomPipeline(choices: Choices, steps: number): string {
  return new PipelineMaker(choices).pipeline(steps).text;
}

/** A stream that is joined with itself, and the same with its text written twice, under names that differ. Both give columns `p0`, `p1`, …, the first rows of them by key. */
export function randomSelfJoin(choices: Choices, steps: number): { readonly streams: string; readonly shared: string; readonly apart: string } {
  const { text, columns } = new PipelineMaker(choices).pipeline(steps);
  const names = columns.map(({ name }) => name);
  const pick = (): string => names[choices.below(names.length)] ?? "a";
  const kind = choices.of(["", "left ", "right ", "full "]);
  const on = [[pick(), "=", pick()], ...(choices.below(2) === 0 ? [[pick(), "<=", pick()]] : [])] as const;
  const order = [pick(), choices.of(["", " desc"])] as const;
  const key = pick();
  const tail = (left: (name: string) => string, right: (name: string) => string): string => {
    const condition = on.map(([mine, sign, theirs]) => `${left(mine)} ${sign} ${right(theirs)}`).join(" and ");
    const shown = [...names.map(left), ...names.map(right)].map((name, at) => `${name} as p${at}`).join(", ");
    return `on ${condition} unbounded |> top 2 with ties by ${right(order[0])}${order[1]} per ${left(key)} |> select ${shown}`;
  };
  const renamed = (prefix: string): string => `(${text} |> select ${names.map((name) => `${name} as ${prefix}${name}`).join(", ")})`;
  return {
    streams: `stream u = ${text}`,
    shared: `u as l |> join ${kind}u as r ${tail((name) => `l.${name}`, (name) => `r.${name}`)}`,
    apart: `${renamed("l_").slice(1, -1)} |> join ${kind}${renamed("r_")} ${tail((name) => `l_${name}`, (name) => `r_${name}`)}`,
  };
}

class PipelineMaker {
  readonly #choices: Choices;
  #names = 0;

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  pipeline(steps: number): RandomRelation {
    const count = 1 + this.#choices.below(steps);
    let relation = this.#source();
    for (let at = 0; at < count; at++) relation = this.#step(relation, count - at - 1);
    return relation;
  }

  #source(): RandomRelation {
    const sources: readonly [string, string, string][] = [["ones", "a, b, c", "b"], ["twos", "d, e, f", "e"]];
    const [name, columns, nullable] = sources[this.#choices.below(2)] ?? ["ones", "a, b, c", "b"];
    const renamed = columns.split(", ").map((column) => ({ column, name: this.#name() }));
    return {
      text: `${name} |> select ${renamed.map(({ column, name: made }) => `${column} as ${made}`).join(", ")}`,
      columns: renamed.map(({ column, name: made }) => ({ name: made, nullable: column === nullable })),
      streaming: true,
    };
  }

  #table(): RandomRelation {
    const [g, h] = [this.#name(), this.#name()];
    return { text: `side |> select g as ${g}, h as ${h}`, columns: [{ name: g, nullable: false }, { name: h, nullable: false }], streaming: false };
  }

  #step(input: RandomRelation, left: number): RandomRelation {
    const column = (): RandomColumn => input.columns[this.#choices.below(input.columns.length)] ?? { name: "a", nullable: false };
    const then = (step: string, columns: readonly RandomColumn[] = input.columns): RandomRelation => ({ ...input, text: `${input.text} |> ${step}`, columns });
    switch (this.#choices.below(11)) {
      case 0:
        return then(`where ${column().name} ${this.#choices.of([">", "<", "!="])} ${this.#choices.below(4)}`);
      case 1: {
        const [from, name] = [column(), this.#name()];
        return then(`extend ${from.name} % 3 as ${name}`, [...input.columns, { name, nullable: from.nullable }]);
      }
      case 2: {
        const kept = input.columns.filter((_, at) => at === 0 || this.#choices.below(2) === 0);
        return then(`select ${kept.map(({ name }) => name).join(", ")}`, kept);
      }
      case 3:
      case 4:
      case 5:
        return this.#aggregate(input);
      case 6:
      case 7:
        return this.#join(input, left);
      case 8: {
        const per = this.#choices.below(3) === 0 ? "" : ` per ${column().name}`;
        const ties = this.#choices.below(3) === 0 ? " with ties" : "";
        const rank = this.#choices.below(2) === 0 ? this.#name() : undefined;
        const by = `${column().name}${this.#choices.of(["", " desc", " desc nulls first"])}`;
        return then(`top ${1 + this.#choices.below(3)}${ties}${rank === undefined ? "" : ` as ${rank}`} by ${by}${per}`, rank === undefined ? input.columns : [...input.columns, { name: rank, nullable: false }]);
      }
      case 9: {
        const key = column();
        return then(`dedup by ${key.name} |> select ${key.name}`, [key]);
      }
      default: {
        const [first, second, name] = [column(), column(), this.#name()];
        return then(`explode [${first.name}, ${second.name}] as ${name}`, [...input.columns, { name, nullable: first.nullable || second.nullable }]);
      }
    }
  }

  #aggregate(input: RandomRelation): RandomRelation {
    const keys = input.columns.filter(() => this.#choices.below(3) === 0).slice(0, 2);
    const made: RandomColumn[] = [];
    const calls = Array.from({ length: 1 + this.#choices.below(3) }, () => {
      const { name: of } = input.columns[this.#choices.below(input.columns.length)] ?? { name: "a" };
      const where = this.#choices.below(4) === 0 ? ` where ${of} > 1` : "";
      const [call, nullable] = this.#choices.of<readonly [string, boolean]>([
        [`cast(count(${where}) as int)`, false],
        [`cast(count(distinct ${of}${where}) as int)`, false],
        [`cast(sum(${of}${where}) as int)`, true],
        [`min(${of}${where})`, true],
        [`max(${of}${where})`, true],
        [`cast(avg(${of}${where}) * 4 as int)`, true],
        [`cast(sum(distinct ${of}${where}) as int)`, true],
        [`size(collect_set(${of}${where}))`, false],
      ]);
      const name = this.#name();
      made.push({ name, nullable });
      return `${call} as ${name}`;
    });
    const by = keys.length === 0 ? "" : ` group by ${keys.map(({ name }) => name).join(", ")}`;
    return { ...input, text: `${input.text} |> aggregate ${calls.join(", ")}${by}`, columns: [...keys, ...made] };
  }

  #join(input: RandomRelation, left: number): RandomRelation {
    const other = this.#choices.below(3) === 0 ? this.#table() : this.pipelineOf(left);
    const kind = this.#choices.of(["", "left ", "right ", "full ", "semi ", "anti "]);
    const pick = ({ columns }: RandomRelation): string => columns[this.#choices.below(columns.length)]?.name ?? "a";
    const rest = this.#choices.below(3) === 0 ? ` and ${pick(input)} <= ${pick(other)}` : "";
    const safe = this.#choices.below(4) === 0 ? "is not distinct from" : "=";
    const text = `${input.text} |> join ${kind}(${other.text}) on ${pick(input)} ${safe} ${pick(other)}${rest}${other.streaming ? " unbounded" : ""}`;
    const optional = (columns: readonly RandomColumn[], may: boolean): readonly RandomColumn[] => (may ? columns.map(({ name }) => ({ name, nullable: true })) : columns);
    const testsOnly = kind === "semi " || kind === "anti ";
    const columns = testsOnly ? input.columns : [...optional(input.columns, kind === "right " || kind === "full "), ...optional(other.columns, kind === "left " || kind === "full ")];
    return { text, columns, streaming: true };
  }

  /** The other side of a join: a stream, or what a few steps make of one. */
  pipelineOf(left: number): RandomRelation {
    return left <= 0 || this.#choices.below(2) === 0 ? this.#source() : this.#step(this.#source(), 0);
  }

  #name(): string {
    return `x${++this.#names}`;
  }
}
