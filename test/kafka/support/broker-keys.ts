import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Files in PEM, as the options of a job name them; and the stores of the broker. */
export interface BrokerKeys {
  /** Who signed the broker's certificate: itself. */
  readonly ca: string;
  /** A client's certificate that the broker trusts, and its key, which `keyPassphrase` opens. */
  readonly clientCertificate: string;
  readonly clientKey: string;
  readonly keyPassphrase: string;
  readonly brokerStore: string;
  readonly trustStore: string;
  readonly storePassword: string;
}

const storePassword = "store-password";
const keyPassphrase = "key-passphrase";

/** Makes keys and certificates for a broker at 127.0.0.1 and one client of it, in a folder. */
export function makeBrokerKeys(folder: string): BrokerKeys {
  const keys: BrokerKeys = {
    ca: join(folder, "broker.pem"),
    clientCertificate: join(folder, "client.pem"),
    clientKey: join(folder, "client.key"),
    keyPassphrase,
    brokerStore: join(folder, "broker.p12"),
    trustStore: join(folder, "trust.p12"),
    storePassword,
  };
  const store = (path: string): string[] => ["-keystore", path, "-storetype", "PKCS12", "-storepass", storePassword];
  const run = (command: string, words: readonly string[]): void => {
    execFileSync(command, words, { stdio: ["ignore", "ignore", "pipe"] });
  };
  run("keytool", ["-genkeypair", ...store(keys.brokerStore), "-alias", "broker", "-keyalg", "EC", "-validity", "2", "-dname", "CN=broker", "-ext", "SAN=IP:127.0.0.1,DNS:localhost"]);
  run("keytool", ["-exportcert", "-rfc", ...store(keys.brokerStore), "-alias", "broker", "-file", keys.ca]);
  const clientStore = join(folder, "client.p12");
  run("keytool", ["-genkeypair", ...store(clientStore), "-alias", "client", "-keyalg", "EC", "-validity", "2", "-dname", "CN=client"]);
  run("keytool", ["-exportcert", "-rfc", ...store(clientStore), "-alias", "client", "-file", keys.clientCertificate]);
  run("keytool", ["-importcert", "-noprompt", ...store(keys.trustStore), "-alias", "client", "-file", keys.clientCertificate]);
  run("openssl", ["pkcs12", "-in", clientStore, "-passin", `pass:${storePassword}`, "-nocerts", "-out", keys.clientKey, "-passout", `pass:${keyPassphrase}`]);
  return keys;
}
