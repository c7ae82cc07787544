import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import type { Host } from "../../host/host.ts";
import { resolvePath } from "../file/path.ts";
import type { OptionCheck } from "../option-check.ts";
import type { ClientOptions, KafkaClient, KafkaClientFactory } from "./client/kafka-client.ts";

/** How the brokers are reached: the options that a Kafka source and a Kafka sink share. Durations are in microseconds. */
export interface KafkaConnectionOptions {
  /** `host:port`, several with commas between. */
  readonly brokers: string;
  /** By what name the brokers log the program; `sluice` unless given. */
  readonly clientId?: string;
  readonly tls?: boolean;
  /** Paths of PEM files. */
  readonly tlsCa?: string;
  readonly tlsCertificate?: string;
  readonly tlsKey?: string;
  readonly tlsPassphrase?: string;
  readonly tlsServerName?: string;
  readonly sasl?: "plain" | "scram-sha-256" | "scram-sha-512";
  readonly username?: string;
  readonly password?: string;
  readonly connectionTimeout?: number | bigint;
  readonly requestTimeout?: number | bigint;
  /** How often a request is tried again, and how long after. */
  readonly retries?: number | bigint;
  readonly retryInterval?: number | bigint;
}

/** Checks the options when the job starts; values that come from params are seen here for the first time. */
export function checkConnection(check: OptionCheck, options: KafkaConnectionOptions): void {
  brokersOf(check.text("brokers", options.brokers));
  check.flag("tls", options.tls);
  check.duration("connectionTimeout", options.connectionTimeout, 1);
  check.duration("requestTimeout", options.requestTimeout, 1);
  check.whole("retries", options.retries, 0, 1_000_000, undefined);
  check.duration("retryInterval", options.retryInterval, 0);
  if (options.sasl !== undefined) {
    check.text("username", options.username);
    check.text("password", options.password);
  }
}

/** A client by these options: `factory`'s, or one of kafkajs, which is loaded only then. `warn` hears that a broker is away, or back. */
export async function openKafkaClient(host: Host, options: KafkaConnectionOptions, warn: (message: string) => void, factory: KafkaClientFactory | undefined): Promise<KafkaClient> {
  const make = factory ?? (await import("./client/kafkajs-client.ts")).kafkajsClient;
  return make(clientOptions(host, options, warn));
}

/** What a client is made with: certificates are read, durations are milliseconds. */
export function clientOptions(host: Host, options: KafkaConnectionOptions, warn: (message: string) => void): ClientOptions {
  const { clientId = "sluice", sasl, username = "", password = "" } = options;
  const usesTls = options.tls === true;
  return {
    brokers: brokersOf(options.brokers),
    clientId,
    ...(usesTls ? { tls: tlsOf(host, options) } : {}),
    ...(sasl === undefined ? {} : { sasl: { mechanism: sasl, username, password } }),
    connectionTimeout: milliseconds(options.connectionTimeout, 10_000),
    requestTimeout: milliseconds(options.requestTimeout, 30_000),
    retries: options.retries === undefined ? 120 : Number(options.retries),
    retryInterval: milliseconds(options.retryInterval, 1_000),
    report: warn,
  };
}

function tlsOf(host: Host, { tlsCa, tlsCertificate, tlsKey, tlsPassphrase, tlsServerName }: KafkaConnectionOptions): NonNullable<ClientOptions["tls"]> {
  return {
    ...(tlsCa === undefined ? {} : { ca: pem(host, "tlsCa", tlsCa) }),
    ...(tlsCertificate === undefined ? {} : { certificate: pem(host, "tlsCertificate", tlsCertificate) }),
    ...(tlsKey === undefined ? {} : { key: pem(host, "tlsKey", tlsKey) }),
    ...(tlsPassphrase === undefined ? {} : { passphrase: tlsPassphrase }),
    ...(tlsServerName === undefined ? {} : { serverName: tlsServerName }),
  };
}

function pem(host: Host, option: string, path: string): string {
  const bytes = host.fs.readFile(resolvePath(host, path));
  if (bytes === undefined) throw new SluiceRuntimeError({ code: "R7730", what: `\`${option}\` of kafka names a file that is not there`, where: path, how: "give the path of a PEM file; a relative path is taken from the working directory" });
  return new TextDecoder().decode(bytes);
}

function brokersOf(text: string): readonly string[] {
  const brokers = text.split(",").map((broker) => broker.trim()).filter((broker) => broker !== "");
  const wrong = brokers.find((broker) => !isAddress(broker));
  if (brokers.length > 0 && wrong === undefined) return brokers;
  throw new SluiceRuntimeError({
    code: "R7731",
    what: wrong === undefined ? "`brokers` of kafka names no broker" : `\`brokers\` of kafka holds \`${wrong}\`, which is not \`host:port\` with a port from 1 to 65535`,
    how: 'write the addresses as "host:9092", several with commas between',
  });
}

function isAddress(broker: string): boolean {
  const port = Number(/^(?:\[[0-9a-fA-F:.]+\]|[^\s:/]+):(\d{1,5})$/.exec(broker)?.[1]);
  return port >= 1 && port <= 65_535;
}

/** Of a duration in microseconds. */
function milliseconds(micros: number | bigint | undefined, fallback: number): number {
  return micros === undefined ? fallback : Number(micros) / 1000;
}
