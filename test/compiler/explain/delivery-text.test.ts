import { expect, test } from "vitest";
import { deliveryLines } from "../../../compiler/explain/delivery-text.ts";
import type { LogicalQuery } from "../../../compiler/ir/logical/job.ts";
import { analyzeText } from "../../support/analyze-text.ts";

const topic = 'kafka("localhost:9092", topic: "out", format: "json"';

function queryOf(text: string): LogicalQuery {
  const { job, diagnostics } = analyzeText(`schema Bid { auction: long, price: double }
source orders: Bid from kafka("localhost:9092", subscribe: "orders", format: "json")
source lenient: Bid from kafka("localhost:9092", subscribe: "orders", format: "json", failOnDataLoss: false)
table names: { id: long, name: string } from file("names/", format: "json")
sink out = ${text}
`);
  return job?.queries[0] ?? expect.fail(diagnostics.map(({ message }) => message).join("\n"));
}

test("the way is told from the sources to the sink", () => {
  expect(deliveryLines(queryOf(`orders |> aggregate count() as n group by auction into ${topic}, delivery: "exactly once") mode update`))).toEqual([
    "Delivery: exactly once: kafka orders (replayable) → state in the checkpoint → kafka in transactions",
  ]);
  expect(deliveryLines(queryOf(`orders |> join names on auction = id |> select name into discard()`))).toEqual([
    "Delivery: at least once: kafka orders (replayable) + file names (a table) → discard (a batch run again is sent again)",
  ]);
  expect(deliveryLines(queryOf(`lenient into ${topic})`), "out")).toEqual([
    "Delivery of out: no guarantee: kafka lenient (replayable, failOnDataLoss: false) → kafka (a batch run again is sent again)",
    "  lenient goes on when records are gone: failOnDataLoss: false",
  ]);
});
