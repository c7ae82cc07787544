import { expect, test } from "vitest";
import { deliveryOf, reasonsOf } from "../../../../compiler/catalog/connectors/delivery.ts";
import type { LogicalQuery } from "../../../../compiler/ir/logical/job.ts";
import { analyzeText } from "../../../support/analyze-text.ts";

const sources = `
schema Bid { auction: long, price: double }
source orders: Bid from kafka("localhost:9092", subscribe: "orders", format: "json")
source lenient: Bid from kafka("localhost:9092", subscribe: "orders", format: "json", failOnDataLoss: false)
source files: Bid from file("in/", format: "json")
source missing: Bid from file("in/", format: "json", ignoreMissingFiles: true)
source lines: Bid from socket("localhost", 9999, format: "json")
source pushed: Bid from queue(format: "json")
source numbers from rate(1)
table names: { id: long, name: string } from file("names/", format: "json")
`;
const topic = 'kafka("localhost:9092", topic: "out", format: "json"';

function queryOf(text: string): LogicalQuery {
  const { job, diagnostics } = analyzeText(`${sources}sink out = ${text}\n`);
  return job?.queries[0] ?? expect.fail(diagnostics.map(({ message }) => message).join("\n"));
}

function delivery(text: string): string {
  return deliveryOf(queryOf(text)).delivery;
}

test.each(["orders", "files", "pushed", "numbers", "missing", "lines", "lenient"])("what %s gives decides what a sink that shows a batch once can deliver", (source) => {
  const loses = source === "missing" || source === "lines" || source === "lenient";
  expect(delivery(`${source} into file("out/", format: "json")`)).toBe(loses ? "at most once" : "exactly once");
  expect(delivery(`${source} into console()`)).toBe(loses ? "no guarantee" : "at least once");
});

test("a sink of Kafka delivers as its job says", () => {
  expect(delivery(`orders into ${topic})`)).toBe("at least once");
  expect(delivery(`orders into ${topic}, delivery: "at least once")`)).toBe("at least once");
  expect(delivery(`orders into ${topic}, delivery: "exactly once")`)).toBe("exactly once");
});

test("under the continuous trigger rows since the last entry of the checkpoint come again", () => {
  const path = deliveryOf({ ...queryOf(`orders into memory()`), trigger: { kind: "continuous" } });
  expect(path.delivery).toBe("at least once");
  expect(reasonsOf(path)).toEqual(["under `trigger continuous` the records since the last entry of the checkpoint are sent again"]);
});
