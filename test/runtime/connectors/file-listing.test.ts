import { describe, expect, test } from "vitest";
import { expandBraces } from "../../../runtime/connectors/file/brace-expansion.ts";
import { listFiles } from "../../../runtime/connectors/file/listing.ts";
import { NamePattern } from "../../../runtime/connectors/file/name-pattern.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";

function hostWith(files: Readonly<Record<string, number>>): SimHost {
  const host = new SimHost();
  for (const [path, modified] of Object.entries(files)) host.fs.put(`/home/${path}`, "{}\n", modified);
  return host;
}

function paths(host: SimHost, path: string): readonly string[] {
  return listFiles(host, path).files.map((file) => file.path);
}

test("a folder gives its direct, visible files by time, then by path", () => {
  const host = hostWith({ "data/b": 5, "data/a": 5, "data/old": 1, "data/_tmp": 1, "data/.x": 1, "data/sub/c": 1 });
  expect(paths(host, "data")).toEqual(["data/old", "data/a", "data/b"]);
  expect(paths(host, "data/")).toEqual(["data/old", "data/a", "data/b"]);
  expect(paths(host, "/home/data")).toEqual(["/home/data/old", "/home/data/a", "/home/data/b"]);
});

test("a pattern finds files within and across segments, and the files of folders", () => {
  const host = hostWith({ "d/2024/a.json": 1, "d/2024/b.txt": 2, "d/2025/a.json": 3, "d/_h/a.json": 4, "d/2025/_c.json": 5 });
  expect(paths(host, "d/*/a.json")).toEqual(["d/2024/a.json", "d/2025/a.json"]);
  expect(paths(host, "d/202[45]/*.{json,txt}")).toEqual(["d/2024/a.json", "d/2024/b.txt", "d/2025/a.json"]);
  expect(paths(host, "d/202?")).toEqual(["d/2024/a.json", "d/2024/b.txt", "d/2025/a.json"]);
  expect(paths(host, "d/{2025/a,2024/b}.*")).toEqual(["d/2024/b.txt", "d/2025/a.json"]);
  expect(paths(host, "d/_*/a.json")).toEqual(["d/_h/a.json"]);
  expect(listFiles(host, "d/*.csv")).toEqual({ files: [], found: true, isPattern: true });
  expect(listFiles(host, "e/*.csv").found).toBe(false);
});

test("a file whose name looks like a pattern is found by its name", () => {
  expect(paths(hostWith({ "a[1].json": 1, "a1.json": 2 }), "a[1].json")).toEqual(["a[1].json"]);
});

describe("braces", () => {
  test.each([
    ["a{b,c}d", ["abd", "acd"]],
    ["{a,b{c,d}}e", ["ae", "bce", "bde"]],
    ["{a}", ["{a}"]],
    ["a{b", ["a{b"]],
    ["\\{a,b\\}", ["\\{a,b\\}"]],
    ["{,x}y", ["y", "xy"]],
  ])("%s", (pattern, expected) => {
    expect([...(expandBraces(pattern) ?? [])].sort()).toEqual([...expected].sort());
  });

  test("too many alternatives are refused", () => {
    expect(expandBraces("{0,1,2,3,4,5,6,7,8,9}".repeat(6))).toBeUndefined();
  });
});

describe("patterns of names", () => {
  test.each([
    ["*", "abc", true],
    ["*", ".abc", false],
    ["a*c", "abbbc", true],
    ["a*b*c", "aXbYbZc", true],
    ["a?c", "a😀c", true],
    ["[!a-c]x", "dx", true],
    ["[!a-c]x", "bx", false],
    ["[]]x", "]x", true],
    ["[x", "[x", true],
    ["a\\*", "a*", true],
    ["a\\*", "ab", false],
    ["*a*a*a*a*a*a*a*a*b", "a".repeat(5000), false],
  ])("%s against %s", (pattern, name, expected) => {
    expect(new NamePattern(pattern).matches(name)).toBe(expected);
  });
});
