import type { Dice } from "./dice.ts";
import { aggregateForms } from "./expression-forms.ts";
import type { RandomColumn, ValueType } from "./random-column.ts";
import type { RandomInput } from "./random-data.ts";
import { filled, randomExpression } from "./random-expression.ts";

/** A step of a pipeline whose items can be left out one by one: `head`, the items, `tail`. */
export interface RandomStep {
  readonly head: string;
  readonly items: readonly string[];
  readonly tail: string;
}

/** A sink of a random job. */
export interface RandomPipeline {
  readonly name: string;
  readonly start: string;
  readonly steps: readonly RandomStep[];
  readonly mode: "append" | "update" | "complete";
}

export function pipelineText({ name, start, steps, mode }: RandomPipeline): string {
  const written = steps.map(({ head, items, tail }) => `\n  |> ${head}${items.join(", ")}${tail}`).join("");
  return `sink ${name} =\n  ${start}${written}\n  into ${mode === "append" ? "discard()" : "memory()"}\n  mode ${mode}\n`;
}

const anyType = ["int", "long", "double", "decimal", "string", "boolean", "date", "timestamp", "texts", "counts", "place"] as const;
const delays = ["0 seconds", "30 seconds", "5 minutes", "10 minutes", "1 hour"] as const;

/** A random pipeline over the inputs; not every one is right. */
export function randomPipeline(dice: Dice, name: string, inputs: readonly RandomInput[], streaming: boolean): RandomPipeline {
  return new Writer(dice, inputs, streaming).write(name);
}

class Writer {
  #columns: readonly RandomColumn[];
  readonly #steps: RandomStep[] = [];
  #start = "events";
  #fresh = 0;
  #watermarked = false;
  #windowed = false;
  #grouped = false;
  /** Whether each row still is one of the source's, so that its id tells it. */
  #rows = true;
  #mode: RandomPipeline["mode"] = "append";

  constructor(
    readonly dice: Dice,
    readonly inputs: readonly RandomInput[],
    readonly streaming: boolean,
  ) {
    this.#columns = this.#of("events").columns;
  }

  write(name: string): RandomPipeline {
    const { dice } = this;
    if (dice.once(4)) this.#plain();
    if (this.streaming && !dice.once(4)) this.#watermark("at");
    for (let count = dice.below(3); count > 0; count--) this.#plain();
    if (dice.once(6)) this.#tableJoin();
    this.#main();
    for (let count = dice.below(3); count > 0; count--) this.#plain();
    if (this.#mode === "complete" || (!this.streaming && dice.once(2))) this.#ordered();
    return { name, start: this.#start, steps: this.#steps, mode: this.streaming ? this.#mode : "append" };
  }

  #main(): void {
    const { dice } = this;
    switch (dice.below(this.streaming ? 12 : 8)) {
      case 0:
      case 1:
      case 2:
        this.#aggregate();
        if (this.#windowed && dice.once(3)) this.#windowsOfWindows();
        break;
      case 3:
        this.#union();
        if (dice.once(2)) this.#aggregate();
        break;
      case 4:
        this.#distinctRows();
        if (dice.once(3)) this.#aggregate();
        break;
      case 5:
        if (this.streaming) break;
        this.#step(`top ${1 + dice.below(3)}${dice.once(2) ? " with ties" : ""} by `, [this.#expr(dice.of(["int", "string", "double", "date"] as const), 1), "id"], dice.once(2) ? ` per ${this.#column("string") ?? "id"}` : "");
        break;
      case 6:
        this.#tableJoin();
        break;
      case 7:
      case 8:
        this.#plain();
        break;
      default:
        this.#streamJoin();
        if (dice.once(4)) this.#aggregate();
    }
  }

  #watermark(column: string): void {
    this.#step(`watermark ${column} delay ${this.dice.of(delays)} late drop`);
    this.#watermarked = true;
  }

  /** A step that keeps no state. */
  #plain(): void {
    const { dice } = this;
    switch (dice.below(9)) {
      case 0:
      case 1:
        this.#step(`where ${this.#expr("boolean", 2)}`);
        break;
      case 2:
      case 3:
        this.#extend();
        break;
      case 4: {
        const kept = this.#columns.filter(({ name }) => this.#isTime(name) || !dice.once(3));
        const added = this.#added();
        this.#step("select ", [...kept.map(({ name }) => name), ...added.items]);
        this.#columns = [...kept.map((column) => ({ ...column, name: column.name.replace(/^.*\./, "") })), ...added.columns];
        break;
      }
      case 5: {
        const [column] = dice.some(this.#columns.filter(({ name, type }) => !this.#isTime(name) && type !== "other" && name !== "q"), 1);
        if (column === undefined) break;
        this.#step("set ", [`${column.name} = ${this.#expr(column.type, 2)}`]);
        break;
      }
      case 6: {
        const gone = dice.some(this.#columns.filter(({ name }) => !this.#isTime(name)), 3);
        if (gone.length >= this.#columns.length) break;
        this.#step("drop ", gone.map(({ name }) => name));
        this.#columns = this.#columns.filter((column) => !gone.includes(column));
        break;
      }
      case 7: {
        const [column] = dice.some(this.#columns.filter(({ name }) => !this.#isTime(name) && name !== "q"), 1);
        if (column === undefined) break;
        const name = this.#name("was");
        this.#step("rename ", [`${column.name} as ${name}`]);
        this.#columns = this.#columns.map((one) => (one === column ? { ...one, name } : one));
        break;
      }
      default:
        this.#repeat();
    }
  }

  #repeat(): void {
    const { dice } = this;
    if (this.#grouped && this.streaming) return;
    this.#rows = false;
    const step = dice.of(["explode", "explode_outer"] as const);
    if (dice.once(2)) {
      const item = this.#name("item");
      this.#step(`${step} ${this.#expr("texts", 1)} as ${item}`);
      this.#columns = [...this.#columns, { name: item, type: "string" }];
    } else if (dice.once(2)) {
      const [key, value] = [this.#name("key"), this.#name("value")];
      this.#step(`${step} ${this.#expr("counts", 1)} as ${key}, ${value}`);
      this.#columns = [...this.#columns, { name: key, type: "string" }, { name: value, type: "int" }];
    } else {
      const turned = dice.some(this.#columns.filter(({ type }) => type === "string"), 3);
      if (turned.length === 0) return;
      const [key, value] = [this.#name("key"), this.#name("value")];
      this.#step(`unpivot (${value} for ${key} in (${turned.map(({ name }) => name).join(", ")}))`);
      this.#columns = [...this.#columns.filter((column) => !turned.includes(column)), { name: key, type: "string" }, { name: value, type: "string" }];
    }
  }

  #extend(): void {
    const added = this.#added();
    this.#step("extend ", added.items);
    this.#columns = [...this.#columns, ...added.columns];
  }

  #added(): { readonly items: readonly string[]; readonly columns: readonly RandomColumn[] } {
    const columns = Array.from({ length: 1 + this.dice.below(4) }, () => ({ name: this.#name("c"), type: this.dice.of<ValueType>(anyType) }));
    return { items: columns.map(({ name, type }) => `${this.#expr(type, 3)} as ${name}`), columns };
  }

  #aggregate(): void {
    const { dice } = this;
    const time = this.#timeColumn();
    const known = this.#columns.filter(({ type, name }) => ["string", "int", "boolean", "date", "double", "decimal", "texts", "place"].includes(type) && name !== "q");
    const keys = dice.once(5) ? [] : dice.some(known, 2).map((column): RandomColumn & { readonly text: string } => {
      if (!dice.once(3)) return { ...column, name: column.name.replace(/^.*\./, ""), text: column.name };
      const name = this.#name("g");
      return { name, type: column.type, text: `${this.#expr(column.type, 1)} as ${name}` };
    });
    const window = time !== undefined && (!this.streaming || this.#watermarked || dice.once(2)) && !dice.once(4) ? this.#window(time) : undefined;
    const calls = Array.from({ length: 1 + dice.below(4) }, () => {
      const [type, form] = dice.of(aggregateForms as [(typeof aggregateForms)[number], ...(typeof aggregateForms)[number][]]);
      const named = this.#rows && dice.once(8) && this.#column("long") === "id" ? ({ type: "string", form: dice.of(["max_by({s}, id)", "min_by({s}, id)"]) } as const) : { type, form };
      return { name: this.#name("v"), type: named.type, text: filled(dice, this.#columns, named.form, 2) };
    });
    if (!this.streaming && dice.once(5)) calls.push({ name: this.#name("v"), type: "long", text: filled(dice, this.#columns, "count(distinct {s})", 1) });
    const names = keys.map(({ text }) => text);
    const plainKeys = keys.length > 0 && keys.every(({ text }) => /^\w+$/.test(text));
    const sets = plainKeys && dice.once(3) && window?.startsWith("session") !== true ? dice.of([`cube(${names.join(", ")})`, `rollup(${names.join(", ")})`, `grouping sets ((${names.join(", ")}), ())`]) : undefined;
    const groups = [...(sets === undefined ? names : [sets]), ...(window === undefined ? [] : [window])];
    this.#step("aggregate ", [...calls.map(({ name, text }) => `${text} as ${name}`), ...(sets !== undefined && dice.once(2) ? ["grouping_id() as sets"] : [])], groups.length === 0 ? "" : ` group by ${groups.join(", ")}`);
    this.#columns = [...keys.map(({ name, type }) => ({ name, type })), ...(window === undefined ? [] : ([{ name: "window_start", type: "timestamp" }, { name: "window_end", type: "timestamp" }] as const)), ...calls.map(({ name, type }) => ({ name, type }))];
    this.#windowed = window !== undefined;
    this.#grouped = true;
    this.#mode = this.#windowed && this.#watermarked ? dice.of(["append", "append", "update", "complete"] as const) : dice.of(["update", "complete"] as const);
  }

  #window(time: string): string {
    const { dice } = this;
    return dice.of([
      `tumbling(${time}, ${dice.of(["1 minute", "5 minutes", "10 minutes", "7 minutes", "1 hour", "1 day"])}${dice.once(3) ? ", offset 30 seconds" : ""})`,
      `tumbling(${time}, 5 minutes)`,
      `sliding(${time}, ${dice.of(["10 minutes, every 5 minutes", "15 minutes, every 4 minutes", "1 hour, every 20 minutes"])}${dice.once(3) ? ", offset 90 seconds" : ""})`,
      `session(${time}, gap ${dice.of(["1 minute", "3 minutes", "10 minutes"])})`,
    ]);
  }

  #windowsOfWindows(): void {
    this.#mode = "append";
    const { dice } = this;
    const [type, form] = dice.of<readonly [ValueType, string]>([["long", "count()"], ["long", "sum({I})"], ["string", "max({s})"], ["timestamp", "max({t})"]]);
    const name = this.#name("v");
    const key = dice.of(["window_start, window_end", `tumbling(window_time(window), ${dice.of(["30 minutes", "1 hour"])})`, "tumbling(window, 1 hour)"]);
    this.#step(`aggregate ${filled(dice, this.#columns, form, 1)} as ${name} group by ${key}`);
    this.#columns = [{ name: "window_start", type: "timestamp" }, { name: "window_end", type: "timestamp" }, { name, type }];
  }

  #union(): void {
    const { dice } = this;
    const shared = [{ name: "k", type: "string" }, { name: "at", type: "timestamp" }, { name: "n", type: "int" }, { name: "note", type: "string" }] as const;
    this.#rows = false;
    this.#step("select ", shared.map(({ name, type }) => (this.#columns.some((column) => column.name === name && column.type === type) ? name : `${this.#expr(type, 1)} as ${name}`)));
    const other = dice.of([
      `(answers${this.#watermarked ? ` |> watermark seen delay ${dice.of(delays)} late drop` : ""} |> select j as k, seen as at, amount as n, reply as note)`,
      `(events${this.#watermarked ? " |> watermark at delay 5 minutes late drop" : ""} |> where ${randomExpression(dice, this.#of("events").columns, "boolean", 1)} |> select k, at, n, note)`,
    ]);
    this.#step(`union ${other}`);
    this.#columns = shared;
  }

  #distinctRows(): void {
    const { dice } = this;
    const keys = dice.some(this.#columns.filter(({ type, name }) => ["string", "int", "boolean", "long", "date"].includes(type) && !name.includes(".")), 2).map(({ name }) => name);
    const time = this.#timeColumn();
    switch (dice.below(4)) {
      case 0:
        this.#step("select ", keys);
        this.#columns = this.#columns.filter(({ name }) => keys.includes(name));
        this.#step("distinct");
        this.#grouped = true;
        this.#mode = dice.of(["update", "complete"] as const);
        break;
      case 1:
        // Which row of several is kept is determined where only the keys go on.
        this.#step("select ", [...keys, ...(time === undefined ? [] : [time])]);
        this.#columns = this.#columns.filter(({ name }) => keys.includes(name) || name === time);
        this.#step("dedup by ", this.#columns.map(({ name }) => name));
        break;
      case 2:
        this.#step("select ", keys);
        this.#columns = this.#columns.filter(({ name }) => keys.includes(name));
        this.#step("dedup");
        break;
      default:
        if (!this.#watermarked || time === undefined) return;
        this.#step("dedup by ", keys, " within watermark");
        this.#step("select ", keys);
        this.#columns = this.#columns.filter(({ name }) => keys.includes(name));
    }
    this.#rows = false;
  }

  #tableJoin(): void {
    const { dice } = this;
    const key = this.#column("string");
    const people = this.#of("people").columns;
    if (key === undefined || this.#columns.some(({ name }) => name === "title")) return;
    this.#rows = false;
    const kind = dice.of(this.streaming ? (["inner", "left", "semi", "anti"] as const) : (["inner", "left", "right", "full", "semi", "anti"] as const));
    this.#step(`join ${kind} people on ${dice.once(4) ? `lower(${key})` : key} ${dice.once(4) ? "is not distinct from" : "="} people.${dice.once(4) ? "title" : "key"}${dice.once(3) ? ` and ${randomExpression(dice, [...this.#columns, ...people], "boolean", 1)}` : ""}`);
    if (kind !== "semi" && kind !== "anti") this.#columns = [...this.#columns, ...people];
  }

  #streamJoin(): void {
    const { dice } = this;
    if (this.#steps.length > 3 || this.#timeColumn() === undefined) return;
    const kept = this.#columns;
    const answers = this.#of("answers").columns;
    this.#rows = false;
    const own = dice.once(5);
    const [time, key] = own ? ["at", "k"] : ["seen", "j"];
    const bound = dice.of([`b.${time} between a.at and a.at + ${dice.of(["5 minutes", "20 minutes"])}`, `b.${time} >= a.at - 10 minutes and b.${time} <= a.at + 10 minutes`, `a.at = b.${time}`, `b.${time} between a.at - 15 minutes and a.at`, `a.at between b.${time} and b.${time} + 5 minutes`]);
    const equal = dice.of([`a.k = b.${key} and `, `a.k = b.${key} and `, own ? "a.id = b.id and " : "a.id = b.ref and ", ""]);
    const kind = this.streaming ? dice.of(["", "inner ", "left ", "right ", "full ", "semi "] as const) : dice.of(["", "left ", "full ", "anti "] as const);
    const other = `(${own ? "events" : "answers"}${this.streaming ? ` |> watermark ${time} delay ${dice.of(delays)} late drop` : ""}${dice.once(3) ? ` |> where ${own ? "n" : "amount"} is not null` : ""})`;
    this.#step("as a");
    this.#step(`join ${kind}${other} as b on ${equal}${bound}${dice.once(4) ? ` and (a.n > b.${own ? "id" : "amount"} or b.${own ? "note" : "reply"} is null)` : ""}`);
    const theirs = own ? [] : answers;
    this.#columns = kind === "semi " || kind === "anti " ? kept : [...kept.map((column) => (own ? { ...column, name: `a.${column.name}` } : column)), ...theirs, ...(own ? [{ name: "b.id", type: "long" } as const] : [])];
    if (own && kind !== "semi " && kind !== "anti ") {
      this.#step("select ", ["a.k", "a.at", "a.n", "a.note", "b.id as other"]);
      this.#columns = [{ name: "k", type: "string" }, { name: "at", type: "timestamp" }, { name: "n", type: "int" }, { name: "note", type: "string" }, { name: "other", type: "long" }];
    }
  }

  #ordered(): void {
    const { dice } = this;
    const keys = dice.some(this.#columns.filter(({ type, name }) => type !== "counts" && type !== "other" && !name.includes(".")), 2);
    if (keys.length === 0) return;
    this.#step("order by ", keys.map(({ name }) => `${name}${dice.of(["", " desc", " desc nulls last", " nulls last"])}`));
    if (dice.once(2)) this.#step(`limit ${1 + dice.below(5)}`);
  }

  #step(head: string, items: readonly string[] = [], tail = ""): void {
    this.#steps.push({ head, items, tail });
  }

  #of(name: string): RandomInput {
    const input = this.inputs.find((one) => one.name === name);
    if (input === undefined) throw new Error(`no input ${name}`);
    return input;
  }

  #isTime(name: string): boolean {
    return name === "at" || name === "window_start" || name === "window_end";
  }

  #timeColumn(): string | undefined {
    return this.#columns.find(({ name }) => name === "at")?.name;
  }

  #expr(type: ValueType, depth: number): string {
    return randomExpression(this.dice, this.#columns, type, depth);
  }

  #column(type: ValueType): string | undefined {
    return this.dice.some(this.#columns.filter((column) => column.type === type).map(({ name }) => name), 1)[0];
  }

  #name(stem: string): string {
    return `${stem}${++this.#fresh}`;
  }
}
