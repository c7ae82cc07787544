// What emitted readers of Avro import, and sinks that write messages in it. It loads the library that makes decoders from schemas.

export { avroBlocks } from "./formats/avro/avro-blocks.ts";
export { avroMessages } from "./connectors/kafka/avro-messages.ts";
export { AvroRecords } from "./formats/avro/avro-records.ts";
