/// <reference path="./kafkajs-parts.d.ts" />
import { moduleOf } from "../../../../formats/compression/module-of.ts";

/**
 * What Sluice takes of kafkajs: connections to one broker each (framing, TLS, SASL, versions, request timeouts) and the forms of requests. These are not
 * public; the version is pinned. This is the one file that knows where they lie.
 */
export interface KafkajsLibrary {
  readonly requests: Readonly<Record<string, RequestForms>>;
  /** Numbers of requests by name. */
  readonly apiKeys: Readonly<Record<string, number>>;
  makeBroker(address: { readonly host: string; readonly port: number }, options: ConnectionOptions): KafkajsBroker;
  /** The library's name of an error that a broker answers with. */
  errorName(code: number): string;
  sleep(milliseconds: number): Promise<void>;
  /** Milliseconds since the epoch: requests have times out of the reach of a test's clock. */
  now(): number;
  makeEncoder(): KafkajsEncoder;
}

export interface RequestForms {
  readonly versions: readonly (string | number)[];
  protocol(of: { readonly version: number }): (parameters: unknown) => KafkajsRequest;
}

export interface KafkajsRequest {
  readonly request: { readonly apiKey: number; readonly apiVersion: number; readonly apiName: string; encode(): Promise<KafkajsEncoder> };
  readonly response: { decode(bytes: Uint8Array): Promise<unknown>; parse(decoded: unknown): Promise<unknown> };
  readonly requestTimeout?: number;
  readonly logResponseError?: boolean;
}

export interface KafkajsEncoder {
  writeBuffer(bytes: Uint8Array): KafkajsEncoder;
}

export interface KafkajsBroker {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  isConnected(): boolean;
  /** Filled by `connect`. */
  readonly versions: Readonly<Record<number, { readonly maxVersion: number }>> | null;
  readonly connectionPool: { send(request: KafkajsRequest): Promise<unknown> };
}

export interface KafkajsSocket {
  destroy(error: Error): void;
  setNoDelay(noDelay: boolean): void;
  once(event: "close", heard: () => void): void;
}

export type SocketFactory = (place: unknown) => KafkajsSocket;

export interface ConnectionOptions {
  readonly clientId: string;
  readonly ssl: unknown;
  readonly sasl: unknown;
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  /** Told each socket that is opened. */
  opened(socket: KafkajsSocket): void;
}


type Constructor<Options, Instance> = new (options: Options) => Instance;

/** Keeps quiet: what is worth saying is in errors and reports. */
const silence = (): (() => void) => () => undefined;

let loaded: Promise<KafkajsLibrary> | undefined;

/** The library, loaded when it is first needed. */
export function kafkajsLibrary(): Promise<KafkajsLibrary> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<KafkajsLibrary> {
  const Broker = (await moduleOf(import("kafkajs/src/broker/index.js"))) as Constructor<object, KafkajsBroker>;
  const ConnectionPool = (await moduleOf(import("kafkajs/src/network/connectionPool.js"))) as Constructor<object, unknown>;
  const Encoder = (await moduleOf(import("kafkajs/src/protocol/encoder.js"))) as Constructor<number | undefined, KafkajsEncoder>;
  const { createLogger } = (await moduleOf(import("kafkajs/src/loggers/index.js"))) as { createLogger(options: object): unknown };
  const { requests } = (await moduleOf(import("kafkajs/src/protocol/requests/index.js"))) as Pick<KafkajsLibrary, "requests">;
  const apiKeys = (await moduleOf(import("kafkajs/src/protocol/requests/apiKeys.js"))) as KafkajsLibrary["apiKeys"];
  const { createErrorFromCode } = (await moduleOf(import("kafkajs/src/protocol/error.js"))) as { createErrorFromCode(code: number): { readonly type: string } };
  const makeSockets = (await moduleOf(import("kafkajs/src/network/socketFactory.js"))) as () => SocketFactory;
  const sleep = (await moduleOf(import("kafkajs/src/utils/sleep.js"))) as (milliseconds: number) => Promise<void>;
  const sockets = makeSockets();
  const logger = createLogger({ level: 0, logCreator: silence });
  return {
    requests,
    apiKeys,
    sleep,
    errorName: (code) => createErrorFromCode(code).type,
    now: () => new Date().getTime(),
    makeEncoder: () => new Encoder(undefined),
    makeBroker: ({ host, port }, { opened, ...options }) => {
      const socketFactory = (place: unknown): KafkajsSocket => {
        const socket = sockets(place);
        opened(socket);
        return socket;
      };
      const connectionPool = new ConnectionPool({ ...options, host, port, logger, socketFactory, enforceRequestTimeout: true });
      return new Broker({ connectionPool, logger, authenticationTimeout: options.requestTimeout, allowAutoTopicCreation: false });
    },
  };
}

