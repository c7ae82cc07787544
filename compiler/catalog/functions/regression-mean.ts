import { operandsOf } from "./aggregate-argument.ts";
import { avg, changingMean } from "./aggregate/avg.ts";
import type { AggregateFunction } from "./aggregate-function.ts";
import { resolved } from "./operand.ts";

/** `avg` of one side of the pairs in which neither is null (Spark's RegrAvgX, RegrAvgY). */
export function regressionMean(name: "regr_avgx" | "regr_avgy", summary: string): AggregateFunction {
  const side = name === "regr_avgy" ? 0 : 1;
  return {
    name,
    summary,
    resolve(operands) {
      const found = operandsOf(operands, 2, 2);
      if ("refused" in found) return found.refused;
      const means = found.all.map((operand) => avg.resolve([operand]));
      const wrong = means.findIndex((mean) => !mean.ok);
      const [refused, mean] = [means[wrong], means[side]];
      if (refused !== undefined && !refused.ok) return refused.problem === "type" ? { ...refused, argument: wrong } : refused;
      return mean?.ok === true ? resolved(means.flatMap((one) => (one.ok ? one.parameters : [])), mean.type, true) : { ok: false, problem: "arity", expected: "2 arguments" };
    },
    uses: [side],
    lane: (args, result) => avg.lane(args.slice(side, side + 1), result),
    changingLane: (args, result) => changingMean(args.slice(side, side + 1), result),
    emitAdd: (lane, slot, args) => avg.emitAdd(lane, slot, args.slice(side, side + 1)),
    emitResult: avg.emitResult,
  };
}
