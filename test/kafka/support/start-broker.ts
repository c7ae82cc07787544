import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brokerJars } from "./broker-jars.ts";
import { makeBrokerKeys, type BrokerKeys } from "./broker-keys.ts";
import { brokerProperties, type BrokerPorts, type BrokerUser } from "./broker-properties.ts";
import { BrokerProcess } from "./broker-process.ts";
import { freePorts } from "./free-ports.ts";

export interface BrokerOptions {
  /** Also listens with SASL, TLS, both, and TLS with certificates of clients; these users are known. */
  readonly users?: readonly BrokerUser[];
  /** More lines of `server.properties`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A broker of one node with data of its own, at ports of 127.0.0.1 that stay the same through restarts. */
export interface Broker {
  /** `127.0.0.1:port` of the listener without security. */
  readonly address: string;
  readonly ports: BrokerPorts;
  /** Where `users` were given. */
  readonly keys: BrokerKeys | undefined;
  /** The folder with Kafka's jars, for its tools. */
  readonly jars: string;
  /** Dies at once (SIGKILL); data stay. */
  kill(): Promise<void>;
  /** Ends the broker in good order; data stay. */
  shutDown(): Promise<void>;
  /** Starts again with the same data and ports, after a shutdown where it still runs. */
  restart(): Promise<void>;
  /** Freezes the process (SIGSTOP), and resolves when it is: its ports are open and nobody answers. `thaw` lets it go on. */
  freeze(): Promise<void>;
  thaw(): void;
  /** Kills it and removes its data. */
  stop(): Promise<void>;
}

/** Starts a broker and resolves when it answers. It dies with this process, however that ends. */
export async function startBroker(options: BrokerOptions = {}): Promise<Broker> {
  const jars = brokerJars();
  const folder = mkdtempSync(join(tmpdir(), "sluice-kafka-"));
  const [plain = 0, controller = 0, sasl = 0, tls = 0, saslTls = 0, mutualTls = 0] = await freePorts(6);
  const ports: BrokerPorts = { plain, controller, sasl, tls, saslTls, mutualTls };
  const keys = options.users === undefined ? undefined : makeBrokerKeys(folder);
  const security = options.users === undefined || keys === undefined ? undefined : { users: options.users, keys };
  const properties = join(folder, "server.properties");
  const log = join(folder, "broker.log");
  mkdirSync(join(folder, "data"));
  writeFileSync(properties, brokerProperties(join(folder, "data"), ports, security, options.settings ?? {}));
  const scram = (options.users ?? []).flatMap(({ name, password }) => ["256", "512"].flatMap((bits) => ["--add-scram", `SCRAM-SHA-${bits}=[name=${name},password=${password}]`]));
  const java = ["-Xms64m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", join(jars, "*")];
  let running: BrokerProcess | undefined;
  const start = async (): Promise<void> => {
    running = new BrokerProcess(["java", ...java, "kafka.Kafka", properties], log, folder);
    await running.answering(plain);
  };
  const shutDown = async (): Promise<void> => {
    await running?.end("SIGTERM");
    running = undefined;
  };
  const kill = async (): Promise<void> => {
    await running?.end("SIGKILL");
    running = undefined;
  };
  try {
    execFileSync("java", [...java, "kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", properties, ...scram], { stdio: ["ignore", "ignore", "pipe"] });
    await start();
  } catch (error) {
    const said = String(error instanceof Error && "stderr" in error ? error.stderr : tailOf(log));
    await kill();
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`the broker did not start: ${said}`, { cause: error });
  }
  return {
    address: `127.0.0.1:${plain}`,
    ports,
    keys,
    jars,
    kill,
    shutDown,
    restart: async () => {
      await shutDown();
      await start();
    },
    freeze: async () => {
      await running?.freeze();
    },
    thaw: () => running?.signal("SIGCONT"),
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function tailOf(log: string): string {
  try {
    return readFileSync(log, "utf8").slice(-2000);
  } catch {
    return "";
  }
}
