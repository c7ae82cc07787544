import type { StateChain, StateFile, StateVersion } from "../state/state-version.ts";
import { jsonObject, parseExactJson, writeExactJson, type ExactJson } from "./exact-json.ts";
import { asList, asNumber, asText, asTime, JsonFields, timeJson } from "./json-fields.ts";
import type { CommitsEntry, InputWatermarks, OffsetsByRead, OffsetsEntry, PersistedSettings } from "./log-entries.ts";

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The payload of a JSON file of the checkpoint. */
export function encodeJson(value: ExactJson): Uint8Array {
  return utf8.encode(writeExactJson(value) + "\n");
}

/** Reads a payload that `encodeJson` made; throws where it is no JSON object. */
export function decodeJson(payload: Uint8Array): JsonFields {
  return new JsonFields(parseExactJson(fromUtf8.decode(payload)));
}

export function encodeOffsets(entry: OffsetsEntry): Uint8Array {
  return encodeJson(jsonObject([
    ["batchId", entry.batchId],
    ["timestamp", entry.timestampMs],
    ["start", jsonObject(Object.entries(entry.start))],
    ["offsets", jsonObject(Object.entries(entry.offsets))],
    ["lateWatermark", timeJson(entry.lateWatermark)],
    ["evictWatermark", timeJson(entry.evictWatermark)],
    ["inputWatermarks", watermarksJson(entry.inputWatermarks)],
    ["settings", jsonObject(Object.entries(entry.settings))],
    ["base", stateJson(entry.base)],
    ...Object.entries(entry.unknown ?? {}),
  ]));
}

export function decodeOffsets(payload: Uint8Array): OffsetsEntry {
  const fields = decodeJson(payload);
  const entry: OffsetsEntry = {
    batchId: fields.number("batchId"),
    timestampMs: fields.number("timestamp"),
    start: offsetsOf(fields.object("start")),
    offsets: offsetsOf(fields.object("offsets")),
    lateWatermark: fields.time("lateWatermark"),
    evictWatermark: fields.time("evictWatermark"),
    inputWatermarks: watermarksOf(fields.object("inputWatermarks")),
    settings: settingsOf(fields.object("settings")),
    base: stateOf(fields.object("base")),
  };
  const unknown = fields.rest();
  return unknown === undefined ? entry : { ...entry, unknown };
}

export function encodeCommits(entry: CommitsEntry): Uint8Array {
  return encodeJson(jsonObject([
    ["batchId", entry.batchId],
    ["watermark", timeJson(entry.watermark)],
    ["inputWatermarks", watermarksJson(entry.inputWatermarks)],
    ["state", stateJson(entry.state)],
    ["sinkFiles", entry.sinkFiles],
    ...(entry.drained === true ? [["drained", true] as const] : []),
    ...Object.entries(entry.unknown ?? {}),
  ]));
}

export function decodeCommits(payload: Uint8Array): CommitsEntry {
  const fields = decodeJson(payload);
  const entry: CommitsEntry = {
    batchId: fields.number("batchId"),
    watermark: fields.time("watermark"),
    inputWatermarks: watermarksOf(fields.object("inputWatermarks")),
    state: stateOf(fields.object("state")),
    sinkFiles: fields.list("sinkFiles").map((file) => asText(file, "sinkFiles")),
    ...(fields.has("drained") && fields.value("drained") === true ? { drained: true } : {}),
  };
  const unknown = fields.rest();
  return unknown === undefined ? entry : { ...entry, unknown };
}

export function settingsOf(fields: JsonFields): PersistedSettings {
  return fields.record((value, name) => {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") throw new SyntaxError(`"${name}" must be a text, number or boolean`);
    return value;
  });
}

function offsetsOf(fields: JsonFields): OffsetsByRead {
  return fields.record((value, name) => (value === null ? null : asText(value, name)));
}

function watermarksOf(fields: JsonFields): InputWatermarks {
  return fields.record(asTime);
}

function watermarksJson(watermarks: InputWatermarks): ExactJson {
  return jsonObject(Object.entries(watermarks).map(([id, at]) => [id, timeJson(at)]));
}

/** Each chain as `[operator, partition, name, checksum, bytes, name, checksum, bytes, …]`: the list is written with every batch. */
function stateJson(state: StateVersion): ExactJson {
  const chains = state.chains.map((chain) => [chain.operatorId, chain.partition, ...chain.files.flatMap((file) => [file.name, file.checksum, file.bytes])]);
  return jsonObject([["version", state.version], ["chains", chains]]);
}

function stateOf(fields: JsonFields): StateVersion {
  return { version: fields.number("version"), chains: fields.list("chains").map(chainOf) };
}

function chainOf(value: ExactJson): StateChain {
  const [operatorId = null, partition = null, ...flat] = asList(value, "chains");
  const files: StateFile[] = [];
  for (let at = 0; at < flat.length; at += 3) {
    const [name = null, checksum = null, bytes = null] = flat.slice(at, at + 3);
    files.push({ name: asText(name, "chains"), checksum: asNumber(checksum, "chains"), bytes: asNumber(bytes, "chains") });
  }
  return { operatorId: asText(operatorId, "chains"), partition: asNumber(partition, "chains"), files };
}
