import { thrownMessage } from "../../errors/thrown-message.ts";
import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import type { Host, HttpCall, HttpResult } from "../../host/host.ts";
import type { RegistryOptions } from "../registry-options.ts";
import type { SchemaRegistry } from "../schema-registry.ts";
import { noSuchSchema, registryAway, registryRefuses, schemaRefused, unknownAnswer, unusableSchema } from "./registry-errors.ts";

/** Milliseconds for which a registry that is away is waited for, and between two attempts. */
const patience = 60_000;
const firstPause = 100;
const longestPause = 5000;
const usualTimeout = 10_000_000;

/** Milliseconds for which it is remembered that an id has no schema, and so many of them. */
const refusalAge = 60_000;
const mostRefusals = 1000;

/** The registry's own way to say that there is no such id; any other 404 is a wrong address. */
const schemaNotFound = 40403;

const mediaType = "application/vnd.schemaregistry.v1+json";

/**
 * The registry behind an address, over the host's network. A registry that is away, or overloaded (429, 5xx), is asked again with growing
 * pauses for a minute (R7750); `interrupted` ends the wait with its reason. Everything else that is no schema fails at once (R7751 to R7754). That there is
 * no schema of an id is remembered for a minute: a registry can be behind, or restored.
 */
export function schemaRegistry(host: Host, options: RegistryOptions, interrupted: AbortSignal): SchemaRegistry {
  return new HttpSchemaRegistry(host, options, interrupted);
}

class HttpSchemaRegistry implements SchemaRegistry {
  readonly #host: Host;
  readonly #interrupted: AbortSignal;
  /** Without what stands before an `@`. */
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly #timeout: number;
  readonly #schemas = new Map<number, string>();
  readonly #fetching = new Map<number, Promise<void>>();
  /** Ids that have no schema, or one that cannot be used, until when that holds. */
  readonly #refusals = new Map<number, { readonly error: unknown; readonly until: number }>();
  readonly #registered = new Map<string, Promise<number>>();

  constructor(host: Host, options: RegistryOptions, interrupted: AbortSignal) {
    const { url, authorization } = addressOf(options);
    this.#host = host;
    this.#interrupted = interrupted;
    this.#url = url;
    this.#headers = { accept: `${mediaType}, application/json`, ...(authorization === undefined ? {} : { authorization }) };
    this.#timeout = (options.timeout ?? usualTimeout) / 1000;
  }

  known(id: number): string | undefined {
    return this.#schemas.get(id);
  }

  fetch(id: number): Promise<void> {
    if (this.#schemas.has(id)) return Promise.resolve();
    const refusal = this.#refusals.get(id);
    if (refusal !== undefined && this.#host.clock.monotonic() < refusal.until) return Promise.reject(refusal.error as Error);
    const running = this.#fetching.get(id) ?? this.#fetch(id).finally(() => this.#fetching.delete(id));
    this.#fetching.set(id, running);
    return running;
  }

  register(subject: string, schema: string): Promise<number> {
    const key = JSON.stringify([subject, schema]);
    const running = this.#registered.get(key) ?? this.#register(subject, schema);
    this.#registered.set(key, running);
    running.catch(() => this.#registered.delete(key));
    return running;
  }

  async #fetch(id: number): Promise<void> {
    const { status, body } = await this.#ask({ method: "GET", path: `/schemas/ids/${id}` });
    if (status === 404 && errorCodeIn(body) === schemaNotFound) throw this.#refuse(id, noSuchSchema(this.#url, id));
    const answer = this.#object(status, body);
    const { schema, schemaType = "AVRO", references = [] } = answer;
    if (typeof schema !== "string") throw unknownAnswer(this.#url, `the schema ${id} is not there`);
    if (schemaType !== "AVRO") throw this.#refuse(id, unusableSchema(this.#url, id, `is of the type ${String(schemaType)}, not Avro`));
    if (!Array.isArray(references) || references.length > 0) throw this.#refuse(id, unusableSchema(this.#url, id, "refers to schemas of other subjects, which is not supported"));
    this.#schemas.set(id, schema);
  }

  #refuse(id: number, error: SluiceRuntimeError): SluiceRuntimeError {
    if (this.#refusals.size >= mostRefusals) this.#refusals.clear();
    this.#refusals.set(id, { error, until: this.#host.clock.monotonic() + refusalAge });
    return error;
  }

  async #register(subject: string, schema: string): Promise<number> {
    const { status, body } = await this.#ask({ method: "POST", path: `/subjects/${encodeURIComponent(subject)}/versions`, body: JSON.stringify({ schema }) });
    if (status === 409 || status === 422) throw schemaRefused(this.#url, subject, messageIn(body) ?? `HTTP ${status}`);
    const { id } = this.#object(status, body);
    if (typeof id !== "number" || !Number.isInteger(id) || id < 0 || id > 0x7fff_ffff) throw unknownAnswer(this.#url, `no id for the schema of ${subject}`);
    this.#schemas.set(id, schema);
    return id;
  }

  #object(status: number, body: string): Readonly<Record<string, unknown>> {
    if (status < 200 || status > 299) throw unknownAnswer(this.#url, `HTTP ${status}${described(messageIn(body))}`);
    const value = jsonOf(body);
    if (typeof value !== "object" || value === null) throw unknownAnswer(this.#url, "it is no JSON object");
    return value as Readonly<Record<string, unknown>>;
  }

  async #ask({ method, path, body }: { readonly method: HttpCall["method"]; readonly path: string; readonly body?: string }): Promise<HttpResult> {
    const call: HttpCall = { method, url: this.#url + path, headers: body === undefined ? this.#headers : { ...this.#headers, "content-type": mediaType }, ...(body === undefined ? {} : { body }) };
    const began = this.#host.clock.monotonic();
    for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 2)) {
      this.#interrupted.throwIfAborted();
      const attempt = await this.#attempt(call);
      if (attempt.kind === "answer") return attempt.result;
      this.#interrupted.throwIfAborted();
      if (this.#host.clock.monotonic() + pause - began > patience) throw registryAway(this.#url, Math.round((this.#host.clock.monotonic() - began) / 1000), attempt.reason, attempt.cause);
      await this.#host.timers.sleep(pause, this.#interrupted);
    }
  }

  async #attempt(call: HttpCall): Promise<Attempt> {
    const deadline = new AbortController();
    const giveUp = (): void => deadline.abort(new Error(this.#interrupted.aborted ? "the query was interrupted" : `no answer within ${this.#timeout / 1000} seconds`));
    const answered = new AbortController();
    this.#interrupted.addEventListener("abort", giveUp, { once: true });
    void this.#host.timers.sleep(this.#timeout, answered.signal).then(() => {
      if (!answered.signal.aborted) giveUp();
    });
    try {
      const result = await this.#host.net.request(call, deadline.signal);
      if (result.status === 401 || result.status === 403) throw registryRefuses(this.#url, result.status);
      if (result.status === 429 || result.status >= 500) return { kind: "away", reason: `HTTP ${result.status}${described(messageIn(result.body))}`, cause: undefined };
      return { kind: "answer", result };
    } catch (error) {
      if (error instanceof SluiceRuntimeError) throw error;
      return { kind: "away", reason: thrownMessage(error), cause: error };
    } finally {
      answered.abort();
      this.#interrupted.removeEventListener("abort", giveUp);
    }
  }
}

type Attempt = { readonly kind: "answer"; readonly result: HttpResult } | { readonly kind: "away"; readonly reason: string; readonly cause: unknown };

/** The address without its secrets, and how the caller says who it is. */
function addressOf({ url, user, password, token }: RegistryOptions): { readonly url: string; readonly authorization: string | undefined } {
  const parsed = parsedUrl(url);
  const given = user ?? decodeURIComponent(parsed.username);
  const secret = password ?? decodeURIComponent(parsed.password);
  const authorization = token !== undefined ? `Bearer ${token}` : given === "" ? undefined : `Basic ${Buffer.from(`${given}:${secret}`, "utf8").toString("base64")}`;
  return { url: `${parsed.protocol}//${parsed.host}${parsed.pathname.replace(/\/+$/, "")}`, authorization };
}

function parsedUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed !== undefined && (parsed.protocol === "http:" || parsed.protocol === "https:")) return parsed;
  // The text itself may hold a password.
  throw new SluiceRuntimeError({ code: "R7755", what: "the address of the schema registry is no URL of HTTP", how: 'write `registry: "http://host:8081"`' });
}

/** What the registry says of a failure (`{"error_code": 409, "message": "…"}`). */
function messageIn(body: string): string | undefined {
  const value = jsonOf(body);
  if (typeof value !== "object" || value === null || !("message" in value)) return undefined;
  return typeof value.message === "string" ? value.message.slice(0, 500) : undefined;
}

function errorCodeIn(body: string): unknown {
  const value = jsonOf(body);
  return typeof value === "object" && value !== null && "error_code" in value ? value.error_code : undefined;
}

function described(message: string | undefined): string {
  return message === undefined ? "" : `, ${message}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
