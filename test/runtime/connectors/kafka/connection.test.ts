import { expect, test } from "vitest";
import { checkConnection, clientOptions, type KafkaConnectionOptions } from "../../../../runtime/connectors/kafka/connection.ts";
import { OptionCheck } from "../../../../runtime/connectors/option-check.ts";
import { SimHost } from "../../../../runtime/testing/sim-host.ts";
import { codeOf } from "../support.ts";

const quiet = (): void => undefined;

test("brokers are listed with commas, and everything else has a value of its own unless given", () => {
  expect(clientOptions(new SimHost(), { brokers: " a:1, [::1]:2 ," }, quiet)).toEqual({
    brokers: ["a:1", "[::1]:2"], clientId: "sluice", connectionTimeout: 10_000, requestTimeout: 30_000, retries: 120, retryInterval: 1000, report: quiet,
  });
});

test("durations are milliseconds, certificates are read from files, and SASL has its user", () => {
  const host = new SimHost();
  host.fs.put("/home/ca.pem", "CA");
  host.fs.put("/keys/key.pem", "KEY");
  const options: KafkaConnectionOptions = {
    brokers: "a:1", clientId: "job", connectionTimeout: 2_000_000, requestTimeout: 3_000_000n, retries: 4n, retryInterval: 500_000,
    tls: true, tlsCa: "ca.pem", tlsKey: "/keys/key.pem", tlsPassphrase: "secret", tlsServerName: "b", sasl: "scram-sha-256", username: "u", password: "p",
  };
  expect(clientOptions(host, options, quiet)).toEqual({
    brokers: ["a:1"], clientId: "job", connectionTimeout: 2000, requestTimeout: 3000, retries: 4, retryInterval: 500, report: quiet,
    tls: { ca: "CA", key: "KEY", passphrase: "secret", serverName: "b" }, sasl: { mechanism: "scram-sha-256", username: "u", password: "p" },
  });
});

test.each([
  ["no broker", { brokers: " , " }, "R7731"],
  ["a broker without a port", { brokers: "a:1,b" }, "R7731"],
  ["the port 0", { brokers: "a:1,b:0" }, "R7731"],
  ["a port that there is not", { brokers: "[::1]:65536" }, "R7731"],
  ["a port far beyond", { brokers: "a:99999" }, "R7731"],
  ["no retries below zero", { brokers: "a:1", retries: -1 }, "R7301"],
  ["a SASL user without a name", { brokers: "a:1", sasl: "plain", password: "p" }, "R7301"],
] as const)("%s is refused when the job starts", async (_, options, code) => {
  expect(await codeOf(() => checkConnection(new OptionCheck("sink", "kafka"), options))).toBe(code);
});

test("a certificate that is not there is named", async () => {
  expect(await codeOf(() => clientOptions(new SimHost(), { brokers: "a:1", tls: true, tlsCa: "no.pem" }, quiet))).toBe("R7730");
});
