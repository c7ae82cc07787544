import { AvroEncoder } from "../../formats/avro/avro-encoder.ts";
import { cannotWrite } from "../../formats/avro/avro-errors.ts";
import { schemaRegistry } from "../../formats/avro/schema-registry.ts";
import type { RegistryOptions } from "../../formats/registry-options.ts";
import { columnType } from "../column-type.ts";
import type { MessageEncoder } from "./message-encoder.ts";

export interface AvroWritingOptions {
  /** `confluent`: the id of the schema, which the registry gives, stands in front. `plain`: nothing does. */
  readonly wire: "confluent" | "plain";
  /** The text of the schema to write with; that of the columns unless given. */
  readonly schema?: string;
  readonly registry?: RegistryOptions;
  /** Under which the schema is registered; `TOPIC-value` unless given. */
  readonly subject?: string;
}

/** Writes whole rows as messages in Avro. The schema is registered when the sink is opened, so that a refusal comes before the first row. */
export function avroMessages(options: AvroWritingOptions): MessageEncoder {
  return {
    async open({ host, columns, topic, signal }) {
      const place = topic === undefined ? "the sink" : `the topic ${topic}`;
      const encoder = new AvroEncoder(columns.map((column) => ({ name: column.name, type: columnType(column) })), options.schema, place);
      if (options.wire === "plain") return (row) => encoder.encode(row);
      const { registry, subject = topic === undefined ? undefined : `${topic}-value` } = options;
      if (registry === undefined) throw cannotWrite(place, "no registry is given");
      if (subject === undefined) throw cannotWrite(place, "rows go to topics of their own, and no `subject` is given for their schema");
      const id = await schemaRegistry(host, registry, signal).register(subject, encoder.schema);
      const header = Buffer.alloc(5);
      header.writeUInt32BE(id, 1);
      return (row) => Buffer.concat([header, encoder.encode(row)]);
    },
  };
}
