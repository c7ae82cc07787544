import { is } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import { selectExcept, unexpectedToken, unknownStep } from "../../diagnostics/catalogue/syntax.ts";
import { spanOf, textOf } from "../habits/habit.ts";
import { endsItem, inPipeline, stepAt, type Mistake } from "./mistake.ts";

/** What data frames, SQL and collections call a step that has another name here. */
const foreignSteps: Readonly<Record<string, string>> = {
  groupby: "write `aggregate … group by …`", agg: "write `aggregate … group by …`", groupbykey: "write `state f by k`",
  reducebykey: "write `aggregate … group by k per batch`", summarize: "write `aggregate … group by …`", count: "write `aggregate count() as n`",
  withcolumn: "write `extend E as n`, or `set n = E` to change a column", mutate: "write `extend E as n`", assign: "write `extend E as n`",
  withcolumnrenamed: "write `rename a as b`", withwatermark: "write `watermark t delay 5 minutes`", project: "write `select …`",
  orderby: "write `order by …`", sort: "write `order by …`", sortby: "write `order by …`", take: "write `limit N`", head: "write `limit N`",
  dropduplicates: "write `dedup by …`", dropduplicateswithinwatermark: "write `dedup by … within watermark`", deduplicate: "write `dedup by …`", unionall: "write `union …`", unionbyname: "write `union …`, with equal names in one order",
  writestream: "write `sink NAME = … into …`", foreachbatch: "write `into foreachBatch(f)`", foreach: "write `into foreach(writer)`",
  flatmap: "write `flatMap f`", mapgroupswithstate: "write `state f by k`", flatmapgroupswithstate: "write `state f by k`",
  updatestatebykey: "write `state f by k`", window: "a window is a key: `aggregate … group by tumbling(t, 5 minutes)`",
  tumbling: "a window is a key: `aggregate … group by tumbling(t, 5 minutes)`", sliding: "a window is a key: `aggregate … group by sliding(t, 5 minutes, every 1 minute)`",
  session: "a window is a key: `aggregate … group by user, session(t, gap 30 minutes)`",
  pivot: "aggregate each value: `aggregate sum(v where k = \"a\") as a, …`", sample: "write `where rand() < 0.1`",
};

const foreignStep: Mistake = (stumble, found) => {
  const word = found.image.toLowerCase();
  if (stumble.expected !== "a step" || stumble.missing || !Object.hasOwn(foreignSteps, word)) return undefined;
  return unknownStep({ word: found.image }).at(stumble.span).helped(foreignSteps[word] ?? "");
};

/** `|> left join users`: the kind stands behind `join`. */
const kindFirst: Mistake = (stumble, found) => {
  const rest = stumble.tokens.slice(stumble.at, stumble.at + 3);
  const join = rest.find(({ image }) => image === "join");
  if (stumble.expected !== "a step" || join === undefined || !["inner", "left", "right", "full", "cross", "semi", "anti"].includes(found.image)) return undefined;
  const written = `join ${found.image}`;
  return unknownStep({ word: found.image }).at(stumble.span).helped(`write \`${written}\``, { span: spanOf(found, join), replacement: written });
};

/** `clicks.filter(…)`: steps are not methods. */
const methodChain: Mistake = (stumble, found) => {
  const name = stumble.tokens[stumble.at + 1];
  if (!inPipeline(stumble) || found.image !== "." || !is(name, t.Name) || !is(stumble.tokens[stumble.at + 2], t.LeftParen)) return undefined;
  const word = name?.image ?? "";
  const known = foreignSteps[word.toLowerCase()] ?? (word === "filter" ? "write `where …`" : undefined);
  return unexpectedToken({ expected: stumble.expected, found: stumble.found, missing: false }).at(stumble.span)
    .helped(known === undefined ? `steps are joined by \`|>\`: write \`|> ${word} …\`` : `steps are joined by \`|>\`: ${known}`);
};

/** `map f(3)`, `filter user > 3`: these steps take the name of an imported function. */
const functionStep: Mistake = (stumble, found) => {
  const step = stepAt(stumble);
  if (!inPipeline(stumble) || stumble.missing || step === undefined || !["map", "filter", "flatMap", "transform"].includes(step.word)) return undefined;
  const diagnostic = unexpectedToken({ expected: stumble.expected, found: stumble.found, missing: false }).at(stumble.span);
  if (found.image === "(") return diagnostic.helped(`\`${step.word}\` takes the name of an imported function and nothing else: \`${step.word} ${step.tokens[1]?.image ?? "f"}\``);
  const [word] = step.tokens;
  if (step.word !== "filter" || word === undefined) return undefined;
  return diagnostic.helped(`a condition is a step \`where\`: \`where ${textOf(step.tokens.slice(1))} …\``, { span: spanOf(word), replacement: "where" });
};

/** `set buyer.name = …` */
const nestedSet: Mistake = (stumble, found) => {
  const step = stepAt(stumble);
  if (found.image !== "." || step?.word !== "set" || stumble.rules.at(-1) !== "assignment") return undefined;
  const column = step.tokens.at(-1)?.image ?? "r";
  const field = stumble.tokens[stumble.at + 1]?.image ?? "x";
  return unexpectedToken({ expected: stumble.expected, found: stumble.found, missing: false }).at(stumble.span)
    .helped(`\`set\` changes whole columns: build the record anew, \`set ${column} = { ${field}: …, … }\``);
};

/** `watermark at, 5 minutes`, `watermark at 5 minutes`, `watermark at late drop …`, `watermark at delay -5 minutes` */
const watermarkDelay: Mistake = (stumble, found) => {
  const { expected, span } = stumble;
  const duration = stumble.tokens[stumble.at + 1];
  if (stumble.rules.at(-1) !== "watermarkStep" && stepAt(stumble)?.word !== "watermark") return undefined;
  const diagnostic = unexpectedToken({ expected, found: stumble.found, missing: stumble.missing }).at(span);
  if (expected === "a duration" && found.image === "-") return diagnostic.helped("a delay is not below zero: `delay 0 seconds` waits for no row");
  if (expected === "`drop` or `into`") return diagnostic.helped("say where such a row goes: `drop`, or `into NAME` of a side output");
  if (expected !== "`delay`" || stumble.missing) return undefined;
  if (found.image === "," && duration !== undefined) return diagnostic.helped(`write \`delay ${duration.image}\``, { span, replacement: " delay" });
  if (is(found, t.Duration)) return diagnostic.helped(`write \`delay ${found.image}\``, { span: { start: found.startOffset, end: found.startOffset }, replacement: "delay " });
  if (!is(found, t.Name)) return diagnostic.helped("a watermark goes by a column: compute it before, `|> extend … as t |> watermark t delay …`");
  return diagnostic.helped("how late a row may be stands first: `watermark t delay 5 minutes late drop`");
};

/** `aggregate user, count() as n group by user` */
const keyAmongAggregates: Mistake = (stumble, found) => {
  const step = stepAt(stumble);
  if (step?.word !== "aggregate" || step.tokens.length > 1 || stumble.missing || !is(found, t.Name) || !is(stumble.tokens[stumble.at + 1], t.Comma)) return undefined;
  return unexpectedToken({ expected: "an aggregate", found: stumble.found, missing: false }).at(stumble.span)
    .helped(`a key is a column of the result as it is: leave \`${found.image}\` out`);
};

/** `dedup a`, `join left outer b`, `order by a descending`, `limit 3 offset 4`: a word too much or too little within a step. */
const stepDetail: Mistake = (stumble, found, before) => {
  const step = stepAt(stumble);
  if (!inPipeline(stumble) || stumble.missing || step === undefined || before === undefined) return undefined;
  const diagnostic = unexpectedToken({ expected: stumble.expected, found: stumble.found, missing: false }).at(stumble.span);
  if (step.word === "dedup" && found.image === "by") return diagnostic.helped("`by` stands before `within`: `dedup by k within watermark`");
  if (step.word === "dedup" && step.tokens.length === 1) return diagnostic.helped(`write \`dedup by ${found.image}\``, { span: { start: found.startOffset, end: found.startOffset }, replacement: "by " });
  if (step.word === "aggregate" && found.image === "by") return diagnostic.helped("write `group by`", { span: stumble.span, replacement: "group by" });
  if (step.word === "distinct" && step.tokens.length === 1) return diagnostic.helped(`\`distinct\` is of all columns; write \`dedup by ${found.image}\``);
  if (step.word === "join" && before.image === "outer") {
    return diagnostic.helped("leave `outer` out", { span: { start: before.startOffset, end: found.startOffset }, replacement: "" });
  }
  const order = /^(asc|desc)ending$/.exec(found.image)?.[1];
  if (order !== undefined && (step.word === "order" || step.word === "top")) return diagnostic.helped(`write \`${order}\``, { span: stumble.span, replacement: order });
  return undefined;
};

/** `select * except a` without brackets. */
const starExcept: Mistake = (stumble, found, before) => {
  if (!inPipeline(stumble) || found.image !== "except" || !is(before, t.Star)) return undefined;
  const rest = stumble.tokens.slice(stumble.at + 1);
  const columns = rest.slice(0, rest.findIndex((token, at) => endsItem(token, found) && !is(token, t.Comma) && at > 0));
  const [select, last] = [stumble.tokens[stumble.at - 2], columns.at(-1)];
  const fix = select?.image === "select" && last !== undefined ? { span: spanOf(select, last), replacement: `drop ${textOf(columns)}` } : undefined;
  return selectExcept({}).at(stumble.span).helped(`add a step \`|> drop ${textOf(columns)}\``, fix);
};

/** Steps in the words of other languages, and steps with more or less than they take. */
export const stepHabits: readonly Mistake[] = [kindFirst, foreignStep, methodChain, functionStep, nestedSet, watermarkDelay, keyAmongAggregates, starExcept, stepDetail];
