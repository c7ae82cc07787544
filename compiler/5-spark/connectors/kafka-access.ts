import type { OptionValue } from "../../ir/logical/input.ts";
import { pyCall, pyName, type Py } from "../python/py.ts";
import type { SparkContext } from "../spark-context.ts";
import { optionValue } from "./option-value.ts";

/** What `sluice.kafka_client` takes, by the names of the options. */
const parameters = {
  brokers: "brokers", tls: "tls", tlsCa: "tls_ca", tlsCertificate: "tls_certificate", tlsKey: "tls_key", tlsPassphrase: "tls_passphrase", sasl: "sasl", username: "username", password: "password",
} as const;

/** The options that say how brokers are reached: `sluice.kafka_client("localhost:9092", tls=True)`. */
export function kafkaAccess(options: readonly OptionValue[], context: SparkContext): Py {
  const given = Object.entries(parameters).flatMap(([name, parameter]) => {
    const option = options.find((each) => each.name === name);
    return option === undefined ? [] : [[parameter, optionValue(option, "plain", context)] as const];
  });
  const [brokers, ...others] = given;
  return pyCall(pyName("sluice.kafka_client"), brokers === undefined ? [] : [brokers[1]], Object.fromEntries(others));
}
