/** In microseconds: for how long a batch may wait for messages (Spark's `maxTriggerDelay`) and a transaction be open (Kafka's `transaction.max.timeout.ms`), where nothing says otherwise. */
export const quarterOfAnHour = 15 * 60 * 1_000_000;
