import { expect, test } from "vitest";
import { fnvHash } from "../../../runtime/checkpoint/fnv-hash.ts";
import { pathSafeName } from "../../../runtime/checkpoint/paths.ts";
import { transactionalId } from "../../../runtime/connectors/kafka/transactional-id.ts";

test.each([
  ["", "cbf29ce484222325"],
  ["a", "af63dc4c8601ec8c"],
  ["foobar", "85944171f73967e8"],
])("the hash of %j is FNV-1a's", (text, hash) => {
  expect(fnvHash(new TextEncoder().encode(text))).toBe(hash);
});

test("names that are in checkpoints and brokers stay as they are", () => {
  expect(pathSafeName("ü".repeat(50))).toBe("%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%BC%C3%~aa02ff10d615d7a5");
  expect(transactionalId("id", "größe")).toBe("sluice.id.gr__e.5b69f1dafaf64b09");
});
