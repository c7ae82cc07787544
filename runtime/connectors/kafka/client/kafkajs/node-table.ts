import type { ClientOptions } from "../kafka-client.ts";
import { ByteReader } from "../records/byte-reader.ts";
import { toBuffer } from "../../../../formats/compression/to-buffer.ts";
import type { ConnectionOptions, KafkajsBroker, KafkajsLibrary, KafkajsRequest, KafkajsSocket } from "./kafkajs-library.ts";
import { BrokerAway } from "./broker-away.ts";
import { errorCodes, ProtocolError } from "./protocol-error.ts";

/** A broker as metadata name it. */
export interface NodeAddress {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
}

/** What the brokers say of topics, with the errors in it. */
export interface Metadata {
  readonly brokers: readonly NodeAddress[];
  readonly controllerId: number;
  readonly topicMetadata: readonly TopicMetadata[];
}

export interface TopicMetadata {
  readonly topicErrorCode: number;
  readonly topic: string;
  readonly isInternal: boolean;
  readonly partitionMetadata: readonly { readonly partitionId: number; readonly leader: number }[];
}

/** What one of the brokers keeps for all. */
export interface Coordinated {
  readonly kind: "group" | "transactional id";
  readonly key: string;
}

/** A request whose answer is read here: its number and version, its body, and how the answer is decoded. */
export interface RawRequest<Answer> {
  readonly name: string;
  readonly version: number;
  readonly body: Uint8Array;
  decode(reader: ByteReader): Answer | Promise<Answer>;
  /** Milliseconds that the broker may take beside what all may. */
  readonly wait?: number;
  /** Milliseconds that it may take, where they are not those of all. */
  readonly timeout?: number | undefined;
}

/** Milliseconds for which metadata are recent. */
const recentTime = 10_000;

/** The connections of one client: to brokers by address, opened when they are needed and all closed at once. */
export class NodeTable {
  readonly library: KafkajsLibrary;
  readonly #options: ConnectionOptions;
  readonly #seeds: readonly string[];
  readonly #brokers = new Map<string, KafkajsBroker>();
  readonly #addresses = new Map<number, NodeAddress>();
  readonly #coordinators = new Map<string, NodeAddress>();
  readonly #sockets = new Set<KafkajsSocket>();
  #recent: { readonly asked: string; readonly at: number; readonly metadata: Metadata } | undefined;
  #firstSeed = 0;
  #closed = false;
  #generation = 0;

  constructor(library: KafkajsLibrary, options: ClientOptions) {
    this.library = library;
    this.#seeds = options.brokers;
    const { tls, sasl } = options;
    this.#options = {
      clientId: options.clientId,
      // kafkajs turns TLS on by the presence of this object, and keeps things in that of SASL.
      ssl: tls === undefined ? null : { ...(tls.ca === undefined ? {} : { ca: tls.ca }), ...(tls.certificate === undefined ? {} : { cert: tls.certificate }), ...(tls.key === undefined ? {} : { key: tls.key }), ...(tls.passphrase === undefined ? {} : { passphrase: tls.passphrase }), ...(tls.serverName === undefined ? {} : { servername: tls.serverName }), rejectUnauthorized: true },
      sasl: sasl === undefined ? null : { ...sasl },
      connectionTimeout: options.connectionTimeout,
      requestTimeout: options.requestTimeout,
      opened: (socket) => {
        if (this.#closed) {
          socket.destroy(new Error("the client is closed"));
          return;
        }
        // A request is written whole, and waits for nothing.
        socket.setNoDelay(true);
        this.#sockets.add(socket);
        socket.once("close", () => this.#sockets.delete(socket));
      },
    };
  }

  /** A broker that answers, whichever; fails as the last one that was tried. */
  async any(): Promise<KafkajsBroker> {
    for (const broker of this.#brokers.values()) if (isReady(broker)) return broker;
    let failure: unknown = new Error("no brokers are named");
    for (let tried = 0; tried < this.#seeds.length; tried++) {
      const { host, port } = placeOf(this.#seeds[(this.#firstSeed + tried) % this.#seeds.length] ?? "");
      try {
        const broker = await this.#connected(host, port);
        this.#firstSeed = (this.#firstSeed + tried) % this.#seeds.length;
        return broker;
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  /** The broker of a number that metadata named. */
  async node(nodeId: number): Promise<KafkajsBroker> {
    const address = this.#addresses.get(nodeId);
    if (address === undefined) throw new ProtocolError(errorCodes.leaderNotAvailable, "LEADER_NOT_AVAILABLE", `broker ${nodeId}`);
    return this.#connected(address.host, address.port);
  }

  /** The topics that are asked for, or all. */
  async metadata(topics: readonly string[] | undefined): Promise<Metadata> {
    const metadata = (await this.ask(await this.any(), "Metadata", { topics: topics ?? [], allowAutoTopicCreation: false })) as Metadata;
    for (const address of metadata.brokers) this.#addresses.set(address.nodeId, address);
    const isWhole = metadata.topicMetadata.every(({ topicErrorCode, partitionMetadata }) => topicErrorCode === 0 && partitionMetadata.every(({ leader }) => leader >= 0));
    this.#recent = isWhole && topics !== undefined ? { asked: topics.join(), at: this.library.now(), metadata } : undefined;
    return metadata;
  }

  /** The same, or what was last said of just these topics, a little while ago: a leader that has moved since refuses. For those who then ask for `metadata`. */
  async recentMetadata(topics: readonly string[]): Promise<Metadata> {
    const now = this.library.now();
    const recent = this.#recent;
    return recent !== undefined && recent.asked === topics.join() && now >= recent.at && now - recent.at < recentTime ? recent.metadata : this.metadata(topics);
  }

  /** The broker that keeps it. */
  async coordinator(kept: Coordinated): Promise<KafkajsBroker> {
    const place = placeOfCoordinated(kept);
    const known = this.#coordinators.get(place);
    if (known !== undefined) return this.#connected(known.host, known.port);
    const found = (await this.ask(await this.any(), "GroupCoordinator", { groupId: kept.key, coordinatorType: kept.kind === "group" ? 0 : 1 })) as { readonly errorCode: number; readonly coordinator: NodeAddress };
    this.check(found.errorCode, place);
    this.#coordinators.set(place, found.coordinator);
    return this.#connected(found.coordinator.host, found.coordinator.port);
  }

  /** Its coordinator is asked for anew: this one refused. */
  forgetCoordinator(kept: Coordinated): void {
    this.#coordinators.delete(placeOfCoordinated(kept));
  }

  /** Sends a request in the newest form that both sides know, and gives the answer with the error codes in it. */
  async ask(broker: KafkajsBroker, name: string, parameters: unknown): Promise<unknown> {
    const forms = this.library.requests[name];
    const key = this.library.apiKeys[name];
    if (forms === undefined || key === undefined) throw new Error(`kafkajs knows no request ${name}`);
    const version = Math.min(Math.max(...forms.versions.map(Number)), this.newest(broker, name));
    const request = forms.protocol({ version })(parameters);
    return this.#send(broker, { ...request, response: { decode: (bytes) => request.response.decode(bytes), parse: (decoded) => Promise.resolve(decoded) } });
  }

  /** Sends a request that kafkajs has no form for, or whose answer it reads otherwise. */
  async askRaw<Answer>(broker: KafkajsBroker, { name, version, body, decode, wait, timeout = this.#options.requestTimeout }: RawRequest<Answer>): Promise<Answer> {
    if (this.newest(broker, name) < version) throw new ProtocolError(errorCodes.unsupportedVersion, "UNSUPPORTED_VERSION", `${name} ${version}`);
    let answer: { readonly value: Answer } | undefined;
    await this.#send(broker, {
      request: { apiKey: this.library.apiKeys[name] ?? -1, apiVersion: version, apiName: name, encode: () => Promise.resolve(this.library.makeEncoder().writeBuffer(toBuffer(body))) },
      response: {
        decode: async (bytes) => {
          answer = { value: await decode(new ByteReader(bytes)) };
          return {};
        },
        parse: (decoded) => Promise.resolve(decoded),
      },
      ...(wait === undefined ? {} : { requestTimeout: timeout + wait }),
    });
    if (answer === undefined) throw new Error(`no answer to ${name}`);
    return answer.value;
  }

  /** The newest version of a request that a broker knows. */
  newest(broker: KafkajsBroker, name: string): number {
    return broker.versions?.[this.library.apiKeys[name] ?? -1]?.maxVersion ?? -1;
  }

  check(code: number, subject: string): void {
    if (code !== 0) throw this.errorOf(code, subject);
  }

  errorOf(code: number, subject: string): ProtocolError {
    return new ProtocolError(code, code === errorCodes.producerFenced ? "PRODUCER_FENCED" : code === errorCodes.transactionAbortable ? "TRANSACTION_ABORTABLE" : this.library.errorName(code), subject);
  }

  /** Which of the sets of connections is used: it counts the resets. */
  get generation(): number {
    return this.#generation;
  }

  /** Forgets all connections: those in use fail, and new ones are made. Nothing is done where somebody else did it since this generation. */
  reset(generation = this.#generation): void {
    if (generation !== this.#generation) return;
    this.#generation++;
    this.#recent = undefined;
    this.#coordinators.clear();
    const brokers = [...this.#brokers.values()];
    this.#brokers.clear();
    for (const socket of this.#sockets) socket.destroy(new Error("the connection is given up"));
    this.#sockets.clear();
    // Their timers end with them.
    for (const broker of brokers) broker.disconnect().catch(() => undefined);
    this.#firstSeed = this.#seeds.length === 0 ? 0 : (this.#firstSeed + 1) % this.#seeds.length;
  }

  close(): void {
    this.#closed = true;
    this.reset();
  }

  #send(broker: KafkajsBroker, request: KafkajsRequest): Promise<unknown> {
    if (this.#closed) throw new Error("the client is closed");
    return broker.connectionPool.send({ ...request, logResponseError: false });
  }

  async #connected(host: string, port: number): Promise<KafkajsBroker> {
    const place = `${host}:${port}`;
    let broker = this.#brokers.get(place);
    if (broker === undefined) {
      broker = this.library.makeBroker({ host, port }, this.#options);
      this.#brokers.set(place, broker);
    }
    if (isReady(broker)) return broker;
    // Where somebody else is at it, this waits for them and does nothing more, even if they then had no answer.
    await broker.connect();
    if (!isReady(broker)) throw new BrokerAway(`${place} took the connection and has not said which requests it knows`);
    return broker;
  }
}

/** Whether it is connected and has said which requests it knows: the first comes before the second, and without the second no request has a form. */
function isReady(broker: KafkajsBroker): boolean {
  return broker.isConnected() && broker.versions !== null;
}

function placeOfCoordinated({ kind, key }: Coordinated): string {
  return `${kind} ${key}`;
}

/** `host:port`, `[::1]:port`; the port is 9092 where none is named. */
export function placeOf(address: string): { readonly host: string; readonly port: number } {
  const parts = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(address.trim());
  return { host: parts?.[1] ?? parts?.[2] ?? address, port: Number(parts?.[3] ?? 9092) };
}

