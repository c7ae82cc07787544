import { RE2JS } from "re2js";
import { expect, inject, it } from "vitest";
import { javaPattern } from "../../compiler/5-spark/expressions/regex/java-pattern.ts";
import { pyText } from "../../compiler/5-spark/python/py.ts";
import { stringType } from "../../compiler/ir/types/data-type.ts";
import { literalOf } from "../../compiler/5-spark/expressions/literal-of.ts";
import { interpreted } from "./facts/ask-spark.ts";
import { SparkClient } from "./support/spark-client.ts";

const spark = new SparkClient(inject("spark"));

const patterns = [
  "a|b+", "^a.c$", "(?s)a.c", "(?m)^\\w+$", "(?m)^", "(?m)$", "$", "^", ".", "(?i)straße", "(?i)[k-m]+", "(?i:a)b", "\\s+", "\\S+", "[\\s]", "[^\\S]+", "[^\\s]+", "\\bw\\w*\\b", "\\B.", "[[:alpha:]]+",
  "[[:^alpha:]]+", "[[:lower:]]+", "[[:^lower:]]+", "[[:^upper:]]+", "[[:space:]]+", "[[:punct:]]+", "[[:word:]-]+", "\\pL+", "\\p{Greek}+", "\\P{Lu}+", "\\p{^Lu}+", "[\\p{Latin}\\d]+", "[^\\p{L}]+", "\\v",
  "[\\v\\t]+", "\\x41\\x{1F600}?", "\\101", "\\Qa.c\\E", "a{2}", "a{1,2}?", "a{,2}", "x{", "[]a]+", "[^]a]+", "[a\\]]", "[a-c-]+", "[-a]+", "(?P<one>a)(?P<two_b>b)?", "(a|ab)(c|bcd)", "(a*)*", "(|a)+", "\\.", "\\-", "[\\^a]+", "[a^]+",
  "\\p{Any}", "[\\p{Any}]+", "[\\d\\-x]+", "[&&]+", "é+", "😀+", "[😀-😂]+", "\\z", "\\Aa",
];
const texts = ["", "a", "abc", "aaab", "a\nc", "a\r\nc\n", "a\u2028c", "a\u0085c", "ab abcd", "word wörld w\u0301o", "STRASSE straße KLM k\u212A ſ", "tab\t\u000B\f x", "Ωμέγα Alpha_9-x", "[a].c]^&&{,2}x{", "😀😂A😀 a-c", "aa{,2}.c"];

it("matches with the pattern that is written for Java what RE2 matches", async () => {
  const columns = patterns.map((pattern) => `F.regexp_extract_all(F.col("text"), ${literalOf(javaPattern(pattern).source, stringType).text}, F.lit(0))`);
  const frame = `spark.createDataFrame([${texts.map((text) => `(${pyText(text).text},)`).join(", ")}], "text string")`;
  const found = await spark.evaluate({ columns, frame, conf: interpreted });
  const differing = patterns.flatMap((pattern, at) => texts.flatMap((text, row) => {
    // Java looks for the next match behind an empty one a UTF-16 unit further, RE2 a character.
    if (/[\ud800-\udfff]/.test(text) && RE2JS.compile(pattern).matcher("").find()) return [];
    const answer = found[at];
    const [java, re2] = [answer !== undefined && "rows" in answer ? answer.rows[row] : answer, matchesOf(pattern, text).map((match) => `string:${match}`)];
    return JSON.stringify(java) === JSON.stringify(re2) ? [] : [{ pattern, text, java, re2 }];
  }));
  expect(differing).toEqual([]);
});

function matchesOf(pattern: string, text: string): readonly string[] {
  const matcher = RE2JS.compile(pattern).matcher(text);
  const matches: string[] = [];
  while (matcher.find()) matches.push(matcher.group() ?? "");
  return matches;
}
