import type { Trigger } from "../../ir/logical/job.ts";
import { pyCall, pyLambda, pyName, pyText, type Py } from "../python/py.ts";
import type { SparkContext } from "../spark-context.ts";
import { intervalText } from "../steps/interval-text.ts";
import { optionValue } from "./option-value.ts";

/** The argument `trigger=` of a query: `sluice.every("5 seconds")`; a function of the run where the interval is a param. */
export function triggerOf(trigger: Trigger, context: SparkContext): Py {
  switch (trigger.kind) {
    case "asap":
      return pyCall(pyName("sluice.asap"), []);
    case "once":
      return pyCall(pyName("sluice.once"), []);
    case "available now":
      return pyCall(pyName("sluice.available_now"), []);
    case "every":
    case "continuous": {
      const { interval, kind } = trigger;
      const make = pyName(`sluice.${kind}`);
      if (interval.kind === "Literal" && typeof interval.value === "number") return pyCall(make, [pyText(intervalText(interval.value))]);
      const length = optionValue({ value: interval }, "plain", context);
      return pyLambda(pyName("run"), pyCall(make, [pyCall(pyName("sluice.span"), [length])]));
    }
  }
}
