import { checkAggregateCloses } from "./append-needs-closing.ts";
import { checkCompleteHasResult } from "./complete-needs-result-in-state.ts";
import { checkChainedAggregates } from "./chained-aggregates.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { checkDedups } from "./dedup-needs-final-rows.ts";
import { checkSnapshotJoins } from "./join-keeps-table-rows.ts";
import { checkStreamJoins } from "./join-rows-are-given-up.ts";
import { checkJoinsSendOnce } from "./joins-send-once.ts";
import { checkLateIsSaid } from "./late-must-be-said.ts";
import { checkLimits } from "./limit-needs-final-rows.ts";
import { checkOneEventTime } from "./one-event-time.ts";
import { checkOneWatermark } from "./one-watermark-per-branch.ts";
import { checkSessions } from "./sessions-are-whole.ts";
import { checkSinkTakesMode } from "./sink-takes-mode.ts";
import { checkSorts } from "./sort-needs-whole-result.ts";
import { checkTops } from "./top-needs-whole-result.ts";
import { checkVisibleKey } from "./update-needs-visible-key.ts";

/** The laws, each over what is derived from the plan and the mode. Over tables alone none applies: the result is final. */
const laws: readonly ((query: CheckedQuery) => void)[] = [
  checkSinkTakesMode,
  checkOneWatermark,
  checkCompleteHasResult,
  checkAggregateCloses,
  checkSessions,
  checkOneEventTime,
  checkLateIsSaid,
  checkChainedAggregates,
  checkSorts,
  checkLimits,
  checkTops,
  checkDedups,
  checkSnapshotJoins,
  checkStreamJoins,
  checkJoinsSendOnce,
  checkVisibleKey,
];

/** Holds a query against every law. */
export function checkStreaming(query: CheckedQuery): void {
  if (!query.plan.streaming) return;
  for (const law of laws) law(query);
}
