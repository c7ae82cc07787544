import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { faultPoints } from "../../runtime/host/fault-points.ts";

const runtime = fileURLToPath(new URL("../../runtime/", import.meta.url));

const sources = readdirSync(runtime, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.startsWith("testing/"))
  .map((name) => ({ name, text: readFileSync(runtime + name, "utf8") }));

const used = sources.flatMap(({ name, text }) => [...text.matchAll(/\bfault\("([^"]*)"\)/g)].map((match) => ({ name, point: match[1] ?? "" })));

it("only listed fault points are used", () => {
  const listed: ReadonlySet<string> = new Set(faultPoints);
  expect(used.filter(({ point }) => !listed.has(point))).toEqual([]);
});

it("every listed fault point is used, in its own place or as a step of a durable write", () => {
  const direct = new Set(used.map(({ point }) => point));
  const writes = sources.filter(({ text }) => /\bwrite(?:Durably|CheckpointFile)\(/.test(text)).map(({ text }) => text).join("\n");
  const unused = faultPoints.filter((point) => {
    const area = point.slice(0, point.indexOf("."));
    return !direct.has(point) && !writes.includes(`"${area}"`) && !(area.startsWith("state-") && writes.includes("`state-${form}`"));
  });
  expect(unused).toEqual([]);
});

it("no fault point is listed twice", () => {
  expect(new Set(faultPoints).size).toBe(faultPoints.length);
});
