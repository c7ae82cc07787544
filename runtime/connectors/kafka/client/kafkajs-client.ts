import type { KafkaClientFactory } from "./kafka-client.ts";
import { KafkajsClient } from "./kafkajs/client.ts";
import { kafkajsLibrary } from "./kafkajs/kafkajs-library.ts";

/** A client over kafkajs, which is loaded only then. Connections are made when they are first needed. */
export const kafkajsClient: KafkaClientFactory = async (options) => new KafkajsClient(await kafkajsLibrary(), options);
