import { expect, test } from "vitest";
import { generate } from "../../examples/books-authors/generate.ts";
import { generatedJob } from "../support/generated-job.ts";
import { libraryAnswers, shelfAnswers } from "./books-oracle.ts";
import { fewLines, testFiles, testRuns } from "./example-tests.ts";

const [library, shelves] = [libraryAnswers(), shelfAnswers()];
const params = { shelves: "/data/books", people: "/data/authors" };
const [people, ...books] = generate();
const few = [...(people === undefined ? [] : [people]), ...fewLines(books, 20)];

testFiles("books-authors", generate(), { ...library, ...shelves });
testRuns(await generatedJob("books"), generate(), params, library, few);
testRuns(await generatedJob("books-stream"), generate(), params, shelves, few);

test("there are authors without books, books of nobody and books of authors whom nobody knows", () => {
  expect(library["authors_without_books"]?.length).toBeGreaterThan(0);
  const orphans = (shelves["without_author"] ?? []).map((row) => /"author":(\w+)/.exec(row)?.[1]);
  expect(orphans).toContain("null");
  expect(orphans.some((author) => author !== "null")).toBe(true);
});
