import type { SourceConnector, SourceContext } from "../source.ts";
import { VolatileLog } from "../volatile-log.ts";
import { openKafkaClient } from "./connection.ts";
import { KafkaStream } from "./kafka-stream.ts";
import { KafkaTable } from "./kafka-table.ts";
import { badPositions } from "./source-errors.ts";
import { kafkaSourceSettings, type KafkaSourceOptions } from "./source-settings.ts";
import { Subscribed } from "./subscription.ts";

/** Messages of topics, as a stream or as a table. */
export function kafkaSource(options: KafkaSourceOptions): SourceConnector {
  const settings = kafkaSourceSettings(options);
  const connect = (context: SourceContext) => openKafkaClient(context.host, settings.connection, (message) => context.warn(message), context.kafka);
  return {
    name: "kafka",
    isShared: true,
    async openStream(context: SourceContext) {
      if (settings.end !== undefined) throw badPositions("endingOffsets", "says where the topics end, and a source has no end", "declare a table, or run the job with --batch");
      const subscribed = await Subscribed.of(settings.subscription, context.share);
      return new KafkaStream(context, context.log ?? new VolatileLog(), settings, await connect(context), subscribed);
    },
    async openTable(context: SourceContext) {
      return KafkaTable.open(context, settings, () => connect(context), await Subscribed.of(settings.subscription, context.share));
    },
  };
}
