import type { GroupSpec, Groups } from "./groups.ts";
import { GroupTable } from "./groups/group-table.ts";
import { WindowTable } from "./groups/window-table.ts";
import type { KeptGroups, StateCodec } from "./stateful.ts";

/** A group table with the handle by which its state is kept. */
export interface KeptTable<Spec extends GroupSpec> {
  readonly groups: Groups<Spec>;
  readonly state: KeptGroups;
}

/** A table whose groups are kept in the checkpoint under the operator's id. */
export function createGroups<Spec extends GroupSpec>(operatorId: string, spec: Spec, codec: StateCodec): KeptTable<Spec> {
  const table = tableOf(operatorId, spec, codec);
  return { groups: table.groups(), state: table };
}

/** A table whose groups live for one result; nothing of it is stored. */
export function createScratchGroups<Spec extends GroupSpec>(spec: Spec): Groups<Spec> {
  return tableOf("", spec, undefined).groups();
}

function tableOf<Spec extends GroupSpec>(operatorId: string, spec: Spec, codec: StateCodec | undefined): GroupTable<Spec> | WindowTable<Spec> {
  return spec.window === undefined ? new GroupTable(operatorId, spec, codec) : new WindowTable(operatorId, spec, spec.window, codec);
}
