import type { Node } from "ts-morph";
import { trustedPackage, unrepeatableFunction, waitsOutside } from "../../diagnostics/catalogue/imports.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../source/span.ts";
import { findUnrepeatable } from "./find-unrepeatable.ts";
import { placeOf } from "./place.ts";
import type { UnrepeatableKind } from "./unrepeatable.ts";

/** Where a function is used: in a step, or by `map async`, which may wait for what is outside and is trusted with a warning. */
export type RepeatUse = "step" | "async";

/** Reports what keeps functions from giving the same rows when a batch is run again: at the job (`at`) and at the TypeScript line. `packages`: those with a warning already. */
export function reportUnrepeatable(name: string, nodes: readonly Node[], at: Span, use: RepeatUse, packages: Set<string>, report: (diagnostic: Diagnostic) => void): void {
  const found = findUnrepeatable(nodes);
  for (const { kind, node } of found.uses) {
    const isTrusted = use === "async" && trusted.has(kind);
    const { does, help } = words[kind];
    const place = placeOf(node);
    const draft = isTrusted ? waitsOutside({ name, does }) : unrepeatableFunction({ name, does });
    report(draft.at(at).also(place.span, does, place.file).helped(isTrusted ? "make sure that the same row gets the same answer, or that another one does no harm" : help));
  }
  for (const { name: packageName, node } of found.packages) {
    if (packages.has(packageName)) continue;
    packages.add(packageName);
    const place = placeOf(node);
    report(trustedPackage({ name, packageName }).at(at).also(place.span, "used here", place.file).helped("make sure that it computes from its arguments only"));
  }
}

const trusted: ReadonlySet<UnrepeatableKind> = new Set(["outside", "timer", "process"]);

const words: { readonly [K in UnrepeatableKind]: { readonly does: string; readonly help: string } } = {
  clock: { does: "reads the clock", help: "take the time from the row: `|> extend current_timestamp() as now` is the same when the batch is run again" },
  randomness: { does: "uses randomness", help: "derive it from the row: `|> extend xxhash64(id) as hash`" },
  outside: { does: "reaches outside the process", help: "join a table that holds it, or wait for it with `|> map async f`" },
  timer: { does: "sets a timer", help: "compute the result at once; timers of a key belong to `state f by key`" },
  process: { does: "reads its process or machine", help: "declare a `param`, and hand it over as an argument or in the row" },
  zone: { does: "reads the machine's time zone", help: "use the methods of UTC (`getUTCHours`, `Date.UTC(…)`, `timeZone: \"UTC\"`), or take the part from the row: `|> extend hour(at) as hour`" },
  state: { does: "uses a variable that outlives the call", help: "keep it in `|> state f by key`, or make it a constant that nothing changes" },
};
