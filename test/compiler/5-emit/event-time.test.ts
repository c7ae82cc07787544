import { expect, it } from "vitest";
import { emitJob } from "../../../compiler/emit.ts";
import { compileText } from "../../support/load-job.ts";

function emitted(text: string): string {
  const schema = "schema Hit { at: timestamp, other: timestamp?, page: string, bytes: long?, gap: int }\nsource hits: Hit from queue()\n";
  return emitJob(compileText(schema + text, { optimize: true }), { runtimeSpecifier: (entry) => entry, userSpecifier: (specifier) => specifier }).find(({ name }) => name === "job.ts")?.text ?? "";
}

it("skips late rows before they reach the groups", () => {
  const text = emitted("sink out = hits |> watermark at delay 1 minute late drop |> aggregate count() as n group by page, tumbling(at, 1 hour) into memory()");
  expect(text).toContain("if (outGroups.isLate(at)) continue;");
  expect(text).toContain("const slot = outGroups.slotOfTextAt(at, columns.page, row);");
});

it("puts late rows into the side output first, and reads there what nothing else reads", () => {
  const text = emitted("sink out = hits |> watermark at delay 1 minute late into lost |> aggregate count() as n group by page, at into memory()\nsink lost into memory()");
  expect(text).toMatch(/if \(outGroups\.isLate\(at\)\) \{\s+lostRows\.insert\(\{[^}]*other: columns\.other\.get\(row\),[^}]*late_by: context\.lateBy\(at\),\s+step: "out\/aggregate",\s+\}\);\s+continue;\s+\}/);
});

it("leaves out rows without a session before it asks whether they are late", () => {
  const text = emitted("sink out = hits |> watermark at delay 1 minute late drop |> aggregate count() as n group by page, session(at, gap: gap * 1 second) into memory()");
  expect(text.indexOf("if (gap <= 0) continue;")).toBeLessThan(text.indexOf("if (outGroups.isLate(at, gap)) continue;"));
  expect(text).toContain("if (gap <= 0) continue;");
});

it("computes what several aggregates add once, and keeps one lane where two would hold the same", () => {
  const text = emitted("sink out = hits |> aggregate avg(bytes) as mean, percentile(bytes, 0.5) as half, percentile(bytes, 0.9) as most group by page into memory() mode complete");
  expect(text.match(/doubleFromLong\(bytes\)/g)).toHaveLength(1);
  expect(text).toContain("lanes: () => ({ mean: averageDouble(), half: percentile() })");
  expect(text).toContain("most: groups.lanes.half.at(slot, 0.9)");
});

it("lets one of several sinks tell of a row from the future", () => {
  const live = 'option sinks = "together"\nstream live = hits |> watermark at delay 1 minute late drop future after 1 hour drop\n';
  const text = emitted(`${live} sink a = live |> where page <> "x" |> select at into memory()\nsink b = live |> select at, page into memory()`);
  expect(text.match(/context\.futureRow/g)).toHaveLength(1);
  expect(text.match(/isFuture/g)).toHaveLength(2);
});

it("remembers keys from the end of a window that is passed on", () => {
  const text = emitted("sink out = hits |> watermark at delay 1 minute late drop |> extend tumbling(at, 1 hour) as hour |> select page, hour |> dedup by page within watermark into memory()");
  expect(text).toContain("closing: { within: minutes(1) }");
  expect(text).toMatch(/isFirst\(\[page\], hour\.end\)/);
});
