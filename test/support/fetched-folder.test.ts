import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { fetchedFolder } from "./fetched-folder.ts";

const base = mkdtempSync(join(tmpdir(), "sluice-fetched-"));
afterAll(() => {
  rmSync(base, { recursive: true });
});

function fill(text: string): (work: string) => string {
  return (work) => {
    const made = join(work, "made");
    mkdirSync(made);
    writeFileSync(join(made, "file"), text);
    return made;
  };
}

it("a folder is filled once, whole, and nothing else is left", () => {
  const folder = join(base, "cache", "one");
  expect(fetchedFolder(folder, fill("first"))).toBe(folder);
  expect(fetchedFolder(folder, fill("second"))).toBe(folder);
  expect(readFileSync(join(folder, "file"), "utf8")).toBe("first");
  expect(readdirSync(join(base, "cache"))).toEqual(["one"]);
});

it("one that another process made meanwhile stays", () => {
  const folder = join(base, "cache", "two");
  fetchedFolder(folder, (work) => {
    fetchedFolder(folder, fill("other"));
    return fill("own")(work);
  });
  expect(readFileSync(join(folder, "file"), "utf8")).toBe("other");
});

it("where it cannot be filled there is none", () => {
  const folder = join(base, "cache", "three");
  expect(() => fetchedFolder(folder, () => { throw new Error("no network"); })).toThrow("no network");
  expect(existsSync(folder)).toBe(false);
  expect(readdirSync(join(base, "cache")).some((name) => name.startsWith("fetching-"))).toBe(false);
});
