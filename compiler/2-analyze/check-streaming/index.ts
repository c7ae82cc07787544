import { checkAggregateCloses } from "./append-needs-closing.ts";
import { checkClock } from "./changing-rows-are-repeatable.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { checkCompleteHasResult } from "./complete-needs-result-in-state.ts";
import { checkSnapshotJoins } from "./join-keeps-table-rows.ts";
import { checkStreamJoins } from "./join-rows-are-given-up.ts";
import { checkDedupWithin } from "./dedup-within-needs-final-rows.ts";
import { checkLateIsSaid } from "./late-must-be-said.ts";
import { checkApplied } from "./functions-take-rows-that-stay.ts";
import { checkLatest } from "./latest-has-key.ts";
import { checkLimits } from "./limit-needs-final-rows.ts";
import { checkOneEventTime } from "./one-event-time.ts";
import { checkOneWatermark } from "./one-watermark-per-branch.ts";
import { checkPerBatch } from "./per-batch-needs-final-rows.ts";
import { checkSessions } from "./sessions-are-whole.ts";
import { checkSinkTakesMode } from "./sink-takes-mode.ts";
import { checkSorts } from "./sort-needs-whole-result.ts";
import { checkTops } from "./top-closes.ts";
import { checkVisibleKey } from "./upserts-need-key.ts";
import { checkUserStates } from "./user-states.ts";

/** The laws, each over what is derived from the plan and the mode. Over tables alone none applies: the result is final. */
const laws: readonly ((query: CheckedQuery) => void)[] = [
  checkSinkTakesMode,
  checkOneWatermark,
  checkCompleteHasResult,
  checkAggregateCloses,
  checkPerBatch,
  checkSessions,
  checkOneEventTime,
  checkLateIsSaid,
  checkDedupWithin,
  checkSorts,
  checkLimits,
  checkTops,
  checkSnapshotJoins,
  checkStreamJoins,
  checkLatest,
  checkApplied,
  checkUserStates,
  checkClock,
  checkVisibleKey,
];

/** Holds a query against every law. */
export function checkStreaming(query: CheckedQuery): void {
  if (!query.plan.streaming) return;
  for (const law of laws) law(query);
}
