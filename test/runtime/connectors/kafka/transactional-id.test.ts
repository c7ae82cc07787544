import fc from "fast-check";
import { expect, test } from "vitest";
import { transactionalId } from "../../../../runtime/connectors/kafka/transactional-id.ts";

test("is readable, the same every time, and begins with what access can be given to", () => {
  expect(transactionalId("id", "orders")).toMatch(/^sluice\.id\.orders\.[0-9a-f]{16}$/);
});

test("any names give an id that Kafka takes, and different names different ids", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), fc.string({ unit: "grapheme", maxLength: 400 }), (one, other) => {
      const id = transactionalId("checkpoint", one);
      expect(id).toMatch(/^[A-Za-z0-9._-]{1,249}$/);
      expect(transactionalId("checkpoint", one)).toBe(id);
      if (one !== other) expect(transactionalId("checkpoint", other)).not.toBe(id);
    }),
  );
});
