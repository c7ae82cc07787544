// Emitted from customer-totals.sluice; change the job and run `sluice build`.
// How the records of its inputs become columns.
import { NullableTexts, Numbers, type ReaderDefinition, Texts } from "../runtime/index.ts";
import { AvroRecords } from "../runtime/avro.ts";

/** Columns of orders that the job reads. */
export interface OrdersColumns {
  readonly customer: Texts;
  readonly quantity: Float64Array;
  readonly at: Float64Array;
  readonly channel: NullableTexts;
}

/** Reads orders: customer, quantity, at, channel of each message. */
export const ordersReader: ReaderDefinition<OrdersColumns> = {
  create(context) {
    const records = new AvroRecords(context, [
      ["customer", "string"],
      ["quantity", "int"],
      ["at", "timestamp"],
      ["channel", "string?"],
    ], { wire: "confluent" });
    const customer = records.lane("customer", new Texts(records.text));
    const quantity = records.lane("quantity", new Numbers());
    const at2 = records.lane("at", new Numbers());
    const channel = records.lane("channel", new NullableTexts(records.text));

    return {
      prepare: (chunk) => records.prepare(chunk),
      read(chunk) {
        const end = records.begin(chunk);
        let row = 0;
        for (let at = 0; at < end; at++) {
          if (records.take(at, row)) row++;
        }
        return records.batch(row, { customer, quantity: quantity.values, at: at2.values, channel });
      },
    };
  },
};
