import { SluiceRuntimeError } from "../../../../errors/runtime-error.ts";
import { BrokerAway } from "./broker-away.ts";
import { ProtocolError } from "./protocol-error.ts";

/** What a request's failure means for who asked. */
export type Failure =
  /** The broker cannot be reached, or does not answer. */
  | { readonly kind: "away"; readonly why: string }
  /** The broker says that it works on it. */
  | { readonly kind: "passing"; readonly why: string; readonly subject: string }
  /** Names and passwords, certificates. */
  | { readonly kind: "not let in"; readonly why: string }
  | { readonly kind: "final" };

const gone: ReadonlySet<string> = new Set(["KafkaJSConnectionError", "KafkaJSConnectionClosedError", "KafkaJSRequestTimeoutError", "KafkaJSLockTimeout", "KafkaJSTimeout"]);
/** Node's and OpenSSL's codes for certificates and handshakes that fail. */
const tlsCodes = /^(ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/;

export function failureOf(error: unknown): Failure {
  if (error instanceof SluiceRuntimeError || !(error instanceof Error)) return { kind: "final" };
  if (error instanceof ProtocolError) return error.passes ? { kind: "passing", why: error.type, subject: error.subject } : { kind: "final" };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  if (code !== undefined && tlsCodes.test(code)) return { kind: "not let in", why: `TLS failed (${code})` };
  if (error.name === "KafkaJSSASLAuthenticationError" || ("type" in error && error.type === "SASL_AUTHENTICATION_FAILED")) return { kind: "not let in", why: "authentication failed" };
  if (error instanceof BrokerAway || gone.has(error.name)) return { kind: "away", why: code ?? error.message };
  return { kind: "final" };
}
