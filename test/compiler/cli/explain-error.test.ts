import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { main } from "../../../compiler/cli/main.ts";
import { pages } from "../../../compiler/diagnostics/pages/pages.ts";
import { renderPage } from "../../../compiler/diagnostics/pages/render-page.ts";

const directory = mkdtempSync(join(tmpdir(), "sluice-explain-error-"));

afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function sluice(...argv: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  let stdout = "";
  let stderr = "";
  const code = await main(argv, { directory, installation: directory, color: false, stdout: (text) => void (stdout += text), stderr: (text) => void (stderr += text) });
  return { code, stdout, stderr };
}

it("prints what a code means, how to mend it, and two jobs", async () => {
  const { code, stdout, stderr } = await sluice("explain-error", "E2003");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toBe(`E2003: unknown-column

No column of this name reaches this step. Each step sees the columns that the one before it gives:
behind \`select\` and \`aggregate\` only those that they name, and in \`extend\` none that the same
\`extend\` adds.

To mend it: mend the spelling, keep the column in the step that dropped it, or use what a former
step computed.

A job that has it:

    source clicks: { at: timestamp, page: string, user: long? } from file("clicks/", format: "json")
    sink out = clicks |> select page |> where user > 3 into console()

Mended:

    source clicks: { at: timestamp, page: string, user: long? } from file("clicks/", format: "json")
    sink out = clicks |> where user > 3 |> select page into console()
`);
});

it("knows a code in any case, as an error prints it, and by its name", async () => {
  const { stdout } = await sluice("explain-error", "E2003");
  for (const given of ["e2003", "error[E2003]", "[e2003]", "unknown-column"]) expect((await sluice("explain-error", given)).stdout).toBe(stdout);
  expect((await sluice("explain-error", "E9003")).stdout).toContain("a bug in the compiler");
  expect((await sluice("explain-error", "R7212")).stdout).toContain('{"page":');
});

it.each([
  [["E2O03"], "did you mean E2003?"],
  [["unknown-colum"], "did you mean unknown-column?"],
  [["X1"], "--list prints all codes"],
  [[], "no code to explain"],
])("says what is wrong with %j", async (argv, message) => {
  const { code, stderr } = await sluice("explain-error", ...argv);
  expect(code).toBe(1);
  expect(stderr).toContain(message);
});

it("lists every code", async () => {
  expect((await sluice("explain-error", "--list")).stdout.trimEnd().split("\n")).toHaveLength(pages.size);
});

it("has pages that fit a screen", () => {
  for (const page of pages.values()) {
    const lines = renderPage(page).split("\n");
    for (const line of lines) expect(line.startsWith("    ") ? 0 : line.length).toBeLessThanOrEqual(110);
    expect(page.meaning.length).toBeGreaterThan(30);
    expect(page.mending).toMatch(/[.`]$/);
  }
});

it("is named once behind what check reports", async () => {
  writeFileSync(join(directory, "bad.sluice"), 'source a: { x: int } from file("in", format: "json")\nsink one = a |> where y > 1 into console()\nsink two = a |> where z > 1 into console()\n');
  const { stderr } = await sluice("check", "bad.sluice", "bad.sluice");
  expect(stderr.match(/sluice explain-error E2003 says more\n/g)).toHaveLength(1);
  expect((await sluice("check", "--json", "bad.sluice")).stderr).toBe("");
});
