import { expect, test } from "vitest";
import { exprText } from "../../../../compiler/ir/expr/print.ts";
import { analyzeText } from "../../../support/analyze-text.ts";

/** The parts of the messages of a sink of bids, as text, and its options without the brokers; or the codes of what is wrong. */
function message(text: string): { readonly parts: Readonly<Record<string, string>>; readonly options: Readonly<Record<string, string>> } | readonly string[] {
  const { job, diagnostics } = analyzeText(`param target: string = "out"
schema Bid { auction: long, bidder: string, price: double, body: binary? }
source bids: Bid from kafka("localhost:9092", subscribe: "bids", format: "json")
source raw from kafka("localhost:9092", subscribe: "bids")
sink out = ${text}
`);
  const sink = job?.queries[0]?.sink;
  if (sink === undefined) return diagnostics.map(({ code }) => code);
  const { isUpsert: _, isKeyJson: __, unwritten: ___, ...parts } = sink.message ?? {};
  return {
    parts: Object.fromEntries(Object.entries(parts).map(([part, expr]) => [part, exprText(expr)])),
    options: Object.fromEntries(sink.options.filter(({ name }) => name !== "brokers").map(({ name, value }) => [name, exprText(value)])),
  };
}

const into = (args: string, mode = ""): string => `into kafka("localhost:9092", ${args}) ${mode}`;

test("a topic that is known when the job starts is an option, one of the row is a part", () => {
  expect(message(`bids ${into('topic: "out", format: "json"')}`)).toEqual({ parts: {}, options: { topic: '"out"' } });
  expect(message(`bids ${into('topic: target, format: "json"')}`)).toEqual({ parts: {}, options: { topic: "target" } });
  expect(message(`bids ${into('topic: bidder, format: "json"')}`)).toEqual({ parts: { topic: "bidder" }, options: {} });
});

test("parts may name hidden columns of the source, which are not written with the row", () => {
  expect(message(`bids |> where price > 0.0 ${into('topic: "out", key: _kafka.key, headers: _kafka.headers, format: "json"')}`)).toEqual({ parts: { key: "_key", headers: "_headers" }, options: { topic: '"out"' } });
  expect(message(`bids ${into('topic: "out", partition: _kafka.offset, format: "json"')}`)).toEqual(["E5061"]);
  expect(message(`bids ${into('topic: "out", key: _kafka.kee, format: "json"')}`)).toEqual(["E2006"]);
});

test("a column `topic` is the topic unless another is said", () => {
  const rows = "bids |> select bidder as topic, price";
  expect(message(`${rows} ${into('format: "json"')}`)).toEqual({ parts: { topic: "topic" }, options: {} });
  expect(message(`${rows} ${into('topic: "out", format: "json"')}`)).toEqual({ parts: {}, options: { topic: '"out"' } });
});

test("without a format the columns are the parts of the message", () => {
  expect(message(`raw |> select key, value, topic, partition, headers ${into("compression: \"gzip\"")}`)).toEqual({
    parts: { topic: "topic", key: "key", value: "value", partition: "partition", headers: "headers" },
    options: { compression: '"gzip"' },
  });
  expect(message(`raw |> select key, value, offset ${into('topic: "out"')}`)).toEqual(["E5062"]);
  expect(message(`raw |> select key ${into('topic: "out"')}`)).toEqual(["E5062"]);
  expect(message(`raw |> select key, partition as value ${into('topic: "out"')}`)).toEqual(["E5062"]);
});

test("`value` goes without a format, whatever the columns are", () => {
  expect(message(`bids ${into('topic: "out", value: { auction: auction }')}`)).toEqual({ parts: { value: "{ auction: auction }" }, options: { topic: '"out"' } });
  expect(message(`bids ${into('topic: "out", value: price, format: "json"')}`)).toEqual(["E5022"]);
});

test("the formats text and binary take the one column that is no other part", () => {
  expect(message(`bids |> select bidder, auction ${into('topic: "out", key: auction, format: "text"')}`)).toEqual({ parts: { key: "auction", value: "bidder" }, options: { topic: '"out"' } });
  expect(message(`bids |> select bidder ${into('topic: "out", key: bidder, format: "text"')}`)).toEqual({ parts: { key: "bidder", value: "bidder" }, options: { topic: '"out"' } });
  expect(message(`bids |> select body ${into('topic: "out", format: "binary"')}`)).toEqual({ parts: { value: "body" }, options: { topic: '"out"' } });
  expect(message(`bids |> select body ${into('topic: "out", format: "text"')}`)).toEqual(["E5010"]);
  expect(message(`bids |> select bidder ${into('topic: "out", format: "binary"')}`)).toEqual(["E5062"]);
});

test("in update mode the result's key is that of the messages, and no other column tells their place", () => {
  const counts = "bids |> aggregate count() as n group by auction, bidder";
  expect(message(`${counts} ${into('topic: "out", format: "json"', "mode update")}`)).toEqual({ parts: { key: "{ auction: auction, bidder: bidder }" }, options: { topic: '"out"' } });
  expect(message(`${counts} ${into('topic: bidder, key: auction, format: "json"', "mode update")}`)).toEqual({ parts: { topic: "bidder", key: "auction" }, options: {} });
  expect(message(`${counts} ${into('topic: "out", key: n, format: "json"', "mode update")}`)).toEqual(["E5064"]);
  expect(message(`${counts} ${into('topic: "out", partition: cast(n as int), format: "json"', "mode update")}`)).toEqual(["E5064"]);
  // Rows that stay are told from all of the row.
  expect(message(`bids ${into('topic: "out", key: price, format: "json"', "mode update")}`)).toEqual({ parts: { key: "price" }, options: { topic: '"out"' } });
  expect(message(`${counts} ${into('topic: "out", key: n, format: "json"', "mode complete")}`)).toEqual({ parts: { key: "n" }, options: { topic: '"out"' } });
});

test("either end of a window is the key column that it is", () => {
  const counts = 'bids |> aggregate count() as n group by tumbling(_kafka.timestamp, 1 minute), bidder |> drop window_start';
  expect(message(`${counts} ${into('topic: "out", format: "json"', "mode update")}`)).toEqual({ parts: { key: "{ window_end: window_end, bidder: bidder }" }, options: { topic: '"out"' } });
  const both = "bids |> aggregate count() as n group by tumbling(_kafka.timestamp, 1 minute), bidder";
  expect(message(`${both} ${into('topic: "out", key: { at: window_end, of: bidder }, format: "json"', "mode update")}`)).toMatchObject({ parts: { key: "{ at: window_end, of: bidder }" } });
});

test("a result that shows no key cannot be updated in a topic", () => {
  expect(message(`bids |> aggregate count() as n group by auction |> select n ${into('topic: "out", format: "json"', "mode update")}`)).toEqual(["E3008"]);
});

test("headers are a record, pairs or a map", () => {
  expect(message(`bids ${into('topic: "out", headers: { of: bidder, raw: body }, format: "json"')}`)).toMatchObject({ parts: { headers: "{ of: bidder, raw: body }" } });
  expect(message(`bids ${into('topic: "out", headers: [{ key: bidder, value: bidder }], format: "json"')}`)).toMatchObject({ parts: {} });
  expect(message(`bids ${into('topic: "out", headers: { of: auction }, format: "json"')}`)).toEqual(["E5061"]);
});

test("a bare word for a topic is taken for the name near to it, or for the topic's own", () => {
  const helpOf = (topic: string): string | undefined =>
    analyzeText(`schema Bid { auction: long, bidder: string }\nsource bids: Bid from kafka("localhost:9092", subscribe: "bids", format: "json")\nsink out = bids into kafka("localhost:9092", topic: ${topic}, format: "json")\n`).diagnostics.find(({ code }) => code === "E2003")?.help?.text;
  expect(helpOf("t")).toBe('write a topic\'s own name in quotes: `topic: "t"`');
  expect(helpOf("bider")).toBe("did you mean `bidder`?");
});
