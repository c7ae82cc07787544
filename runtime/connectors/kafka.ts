export { kafkaSink, type KafkaSinkOptions } from "./kafka/sink.ts";
export { kafkaSource } from "./kafka/source.ts";
export type { KafkaSourceOptions } from "./kafka/source-settings.ts";
