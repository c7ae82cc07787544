import type { BrokerKeys } from "./broker-keys.ts";

/** A user that the listeners with SASL know, by PLAIN and by both SCRAM. */
export interface BrokerUser {
  readonly name: string;
  readonly password: string;
}

/** Ports of 127.0.0.1 by listener. */
export interface BrokerPorts {
  readonly plain: number;
  readonly controller: number;
  readonly sasl: number;
  readonly tls: number;
  readonly saslTls: number;
  /** Takes only clients that show a certificate. */
  readonly mutualTls: number;
}

export interface BrokerSecurity {
  readonly users: readonly BrokerUser[];
  readonly keys: BrokerKeys;
}

/** The text of a `server.properties` of one node that is broker and controller. */
export function brokerProperties(data: string, ports: BrokerPorts, security: BrokerSecurity | undefined, more: Readonly<Record<string, string>>): string {
  const listeners: [name: string, protocol: string, port: number][] = [["PLAINTEXT", "PLAINTEXT", ports.plain]];
  if (security !== undefined) {
    listeners.push(["SASL", "SASL_PLAINTEXT", ports.sasl], ["TLS", "SSL", ports.tls], ["SASLTLS", "SASL_SSL", ports.saslTls], ["MUTUAL", "SSL", ports.mutualTls]);
  }
  const at = (name: string, port: number): string => `${name}://127.0.0.1:${port}`;
  const settings: Record<string, string> = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.quorum.voters": `1@127.0.0.1:${ports.controller}`,
    listeners: [...listeners.map(([name, , port]) => at(name, port)), at("CONTROLLER", ports.controller)].join(","),
    "advertised.listeners": listeners.map(([name, , port]) => at(name, port)).join(","),
    "listener.security.protocol.map": [...listeners.map(([name, protocol]) => `${name}:${protocol}`), "CONTROLLER:PLAINTEXT"].join(","),
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "log.dirs": data,
    "auto.create.topics.enable": "false",
    "group.initial.rebalance.delay.ms": "0",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    "transaction.abort.timed.out.transaction.cleanup.interval.ms": "500",
    // Messages with old times would be gone within a second; a topic may say otherwise.
    "log.retention.ms": "-1",
    "log.retention.check.interval.ms": "1000",
    "log.cleaner.backoff.ms": "500",
    "log.segment.delete.delay.ms": "500",
    "log.initial.task.delay.ms": "500",
    // A broker that was killed comes back without waiting for its former life to be given up.
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
    "controlled.shutdown.enable": "false",
    ...(security === undefined ? {} : securityOf(security)),
    ...more,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

function securityOf({ users, keys }: BrokerSecurity): Record<string, string> {
  const settings: Record<string, string> = {
    "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
    "ssl.keystore.location": keys.brokerStore,
    "ssl.keystore.password": keys.storePassword,
    "ssl.keystore.type": "PKCS12",
    "ssl.truststore.location": keys.trustStore,
    "ssl.truststore.password": keys.storePassword,
    "ssl.truststore.type": "PKCS12",
    "listener.name.mutual.ssl.client.auth": "required",
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "allow.everyone.if.no.acl.found": "true",
    "super.users": "User:ANONYMOUS",
  };
  const known = users.map(({ name, password }) => `user_${name}="${password}"`).join(" ");
  for (const listener of ["sasl", "sasltls"]) {
    settings[`listener.name.${listener}.plain.sasl.jaas.config`] = `org.apache.kafka.common.security.plain.PlainLoginModule required ${known};`;
    for (const mechanism of ["scram-sha-256", "scram-sha-512"]) {
      settings[`listener.name.${listener}.${mechanism}.sasl.jaas.config`] = "org.apache.kafka.common.security.scram.ScramLoginModule required;";
    }
  }
  return settings;
}
