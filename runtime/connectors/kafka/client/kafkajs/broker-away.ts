/** A broker that cannot be used now, by what is known here and not by what kafkajs throws. */
export class BrokerAway extends Error {
  override readonly name = "BrokerAway";
}
