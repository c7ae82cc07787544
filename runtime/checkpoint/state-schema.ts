import type { Host } from "../host/host.ts";
import type { StateDescriptor } from "../operators/stateful.ts";
import { checkpointError, startOver } from "../errors/checkpoint-error.ts";
import { readCheckpointFile, writeCheckpointFile } from "./durable-file.ts";
import { jsonObject, type ExactJson } from "./exact-json.ts";
import { asText, JsonFields } from "./json-fields.ts";
import { decodeJson, encodeJson } from "./log-codec.ts";
import { joinPath } from "./paths.ts";

/** Where and for whom the schema is kept. */
export interface SchemaPlace {
  readonly host: Host;
  readonly directory: string;
  readonly queryId: string;
  readonly incarnation: number;
}

/**
 * Holds the operators of a query against the file `schema` of its checkpoint, and writes the file while the query has no batch yet. Ids, and
 * number, types and forms of the fields must be the same; names of columns do not matter, and a key may become nullable (semantics R10,
 * Spark's StateSchemaCompatibilityChecker).
 */
export function checkStateSchema(place: SchemaPlace, operators: readonly StateDescriptor[], isNew: boolean): void {
  const { host, directory, queryId, incarnation } = place;
  const path = joinPath(directory, "schema");
  const file = readCheckpointFile(host, path, directory, { kind: "schema", queryId, batch: undefined });
  if (isNew) {
    const payload = encodeSchema(operators);
    if (file !== undefined && Buffer.compare(file.payload, payload) === 0) return;
    writeCheckpointFile(host, path, { kind: "schema", queryId, incarnation, batch: undefined }, payload, "schema", true);
    return;
  }
  if (file === undefined) throw checkpointError("missingFile", "the checkpoint has batches, but the schema of its state is missing", path, startOver(directory));
  compareOperators(parseSchema(file.payload, path, directory), operators, directory);
}

function compareOperators(stored: readonly StateDescriptor[], now: readonly StateDescriptor[], directory: string): void {
  for (const before of stored) {
    const after = now.find((operator) => operator.operatorId === before.operatorId);
    if (after === undefined) throw operatorsChanged(`"${before.operatorId}" is gone`, directory);
    const keys = sameKey(before.key, after.key);
    if (!keys) throw operatorsChanged(`the key of "${before.operatorId}" was (${before.key.join(", ")}) and is now (${after.key.join(", ")})`, directory);
    if (before.value.join("\n") !== after.value.join("\n")) {
      throw operatorsChanged(`the state of "${before.operatorId}" was (${before.value.join(", ")}) and is now (${after.value.join(", ")})`, directory);
    }
  }
  for (const after of now) {
    if (!stored.some((before) => before.operatorId === after.operatorId)) throw operatorsChanged(`"${after.operatorId}" is new`, directory);
  }
}

function sameKey(before: readonly string[], after: readonly string[]): boolean {
  return before.length === after.length && before.every((type, at) => type === after[at] || `${type}?` === after[at]);
}

function operatorsChanged(change: string, directory: string): Error {
  return checkpointError("operatorsChanged", `the state of the query is not that of its checkpoint: ${change}`, directory,
    "run the job that the checkpoint was made with, or give the changed one a new checkpoint folder");
}

function encodeSchema(operators: readonly StateDescriptor[]): Uint8Array {
  const list: ExactJson = operators.map((operator) => jsonObject([["operatorId", operator.operatorId], ["key", operator.key], ["value", operator.value]]));
  return encodeJson(jsonObject([["operators", list]]));
}

function parseSchema(payload: Uint8Array, path: string, directory: string): readonly StateDescriptor[] {
  try {
    return decodeJson(payload).list("operators").map((value) => {
      const fields = new JsonFields(value);
      const texts = (name: string): readonly string[] => fields.list(name).map((each) => asText(each, name));
      return { operatorId: fields.text("operatorId"), key: texts("key"), value: texts("value") };
    });
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
    throw checkpointError("unreadable", `a file of the checkpoint is not as expected: ${error.message}`, path, startOver(directory), error);
  }
}
