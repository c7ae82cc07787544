import { jsonMembers } from "../../runtime/connectors/json-members.ts";
import type { OutputMode } from "../../runtime/connectors/sink.ts";
import type { RecordedBatch } from "../../runtime/testing/index.ts";

/**
 * The rows of a changing result whose kind does not say what happened, each as a sentence: a key inserted twice, an update or a deletion of one that is not
 * there; without a key, a deletion of a row that is not there. Append knows insertions only; complete says nothing by kinds.
 */
export function wrongKinds(batches: readonly RecordedBatch[], mode: OutputMode, key: readonly string[] | undefined): readonly string[] {
  if (mode === "complete") return [];
  const there = new Map<string, number>();
  const wrong: string[] = [];
  for (const { id, rows } of batches) {
    for (const { kind, json } of rows) {
      const name = key === undefined || mode === "append" ? json : keyOf(json, key);
      const count = there.get(name) ?? 0;
      const isRight = kind === "+I" ? mode === "append" || key === undefined || count === 0 : kind === "+U" ? key !== undefined && count > 0 : kind === "-D" && count > 0;
      if (!isRight || (mode === "append" && kind !== "+I")) wrong.push(`batch ${id}: ${kind} ${json} where there are ${count}`);
      there.set(name, key === undefined ? count + (kind === "-D" ? -1 : 1) : kind === "-D" ? 0 : 1);
    }
  }
  return wrong;
}

function keyOf(json: string, key: readonly string[]): string {
  const members = new Map(jsonMembers(json));
  return key.map((name) => members.get(name) ?? "null").join();
}
