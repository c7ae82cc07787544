import type { LateRoute } from "../ir/logical/plan.ts";
import type { PhysicalProgram } from "../ir/physical/physical.ts";

/** Where a query sends rows that come late for one of its operators. */
export function lateRoutes({ tables, tops, keySets, joins, states }: PhysicalProgram): readonly LateRoute[] {
  return [...tables.map(({ late }) => late), ...tops.map(({ late }) => late), ...keySets.map(({ kept }) => kept?.late), ...joins.flatMap(({ left, right }) => [left.late, right.late]), ...states.map(({ late }) => late)].flatMap((late) => late?.route ?? []);
}
