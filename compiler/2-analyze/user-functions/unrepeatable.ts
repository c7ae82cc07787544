import { isBuiltin } from "node:module";

/** What keeps a function from giving the same when it is called again with the same: what it reads or keeps outside its arguments. */
export type UnrepeatableKind = "clock" | "randomness" | "outside" | "timer" | "process" | "state" | "zone";

/** What a global name stands for; by the member that is used of it, where that decides. */
export function globalKind(name: string, member: string | undefined): UnrepeatableKind | undefined {
  switch (name) {
    case "Math":
      return member === "random" ? "randomness" : undefined;
    case "crypto":
      return member === "subtle" ? undefined : "randomness";
    case "Temporal":
      return member === "Now" ? "clock" : undefined;
    default:
      return globals.get(name);
  }
}

/** What a module of Node gives; undefined for what only computes. */
export function builtInKind(specifier: string, member: string | undefined): UnrepeatableKind | undefined {
  const name = specifier.replace(/^node:/, "");
  if (computing.has(name)) return undefined;
  if (name === "crypto") return member === undefined || repeatableCrypto.has(member) ? undefined : "randomness";
  return modules.get(name) ?? "outside";
}

/** The package of a module that is not the user's own; undefined for the runtime's. `node:fs` and `fs` are no packages. */
export function packageOf(specifier: string): string | undefined {
  const [scope = "", name = ""] = specifier.split("/");
  const found = scope.startsWith("@") ? `${scope}/${name}` : scope;
  return found === "sluice" || isBuiltin(specifier) ? undefined : found;
}

const globals: ReadonlyMap<string, UnrepeatableKind> = new Map<string, UnrepeatableKind>([
  ["performance", "clock"],
  ["process", "process"],
  ["fetch", "outside"],
  ["XMLHttpRequest", "outside"],
  ["WebSocket", "outside"],
  ["EventSource", "outside"],
  ["require", "outside"],
  ["Bun", "outside"],
  ["Deno", "outside"],
  ["navigator", "process"],
  ["setTimeout", "timer"],
  ["setInterval", "timer"],
  ["setImmediate", "timer"],
  ["queueMicrotask", "timer"],
  ["globalThis", "state"],
  ["global", "state"],
]);

/** Modules of Node that only compute. */
const computing: ReadonlySet<string> = new Set(["assert", "assert/strict", "buffer", "events", "path", "path/posix", "path/win32", "punycode", "querystring", "string_decoder", "url", "util", "util/types", "zlib"]);

const modules: ReadonlyMap<string, UnrepeatableKind> = new Map<string, UnrepeatableKind>([
  ["perf_hooks", "clock"],
  ["timers", "timer"],
  ["timers/promises", "timer"],
  ["process", "process"],
  ["os", "process"],
]);

const repeatableCrypto: ReadonlySet<string> = new Set(["constants", "createCipheriv", "createDecipheriv", "createHash", "createHmac", "createPrivateKey", "createPublicKey", "createSecretKey", "createVerify", "getCiphers", "getHashes", "hash", "hkdfSync", "pbkdf2Sync", "scryptSync", "timingSafeEqual", "verify"]);
