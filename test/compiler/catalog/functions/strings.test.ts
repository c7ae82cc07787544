import { expect, it } from "vitest";
import { askDirectly, functionFacts } from "../../../facts/ask-directly.ts";
import { deviationOf } from "../../../facts/deviations.ts";
import type { FunctionFact } from "../../../facts/fact.ts";

const names = [
  "||", "ascii", "base64", "bin", "bit_length", "btrim", "char", "chr", "concat", "concat_ws", "contains", "conv", "crc32", "decode", "encode", "endswith", "equal_null", "find_in_set",
  "format_number", "format_string", "greatest", "hash", "hex", "ilike", "initcap", "instr", "is_valid_utf8", "isnotnull", "isnull", "least", "left", "length", "levenshtein", "like any",
  "like escape", "locate", "lpad", "ltrim", "make_valid_utf8", "md5", "nullifzero", "nvl2", "octet_length", "parse_url", "position", "regexp_count", "regexp_extract_all", "regexp_instr",
  "regexp_substr", "repeat", "replace", "reverse", "right", "rpad", "rtrim", "sha", "sha1", "sha2", "soundex", "space", "split", "startswith", "substring", "substring_index", "to_binary",
  "to_char", "to_number", "translate", "trim", "typeof", "unbase64", "unhex", "url_decode", "url_encode", "xxhash64", "zeroifnull",
];

/** Further answers: examples of Spark's own documentation, and what follows from its sources. */
const examples: readonly (readonly [sql: string, type: string, result?: unknown])[] = [
  ["lpad('hi', 1, '??')", "string", "h"],
  ["elt(1, 'scala', 'java')", "string", "scala"],
  ["elt(2, 'a', 1)", "string", "1"],
  ["overlay('Spark SQL' PLACING '_' FROM 6)", "string", "Spark_SQL"],
  ["overlay('Spark SQL' PLACING 'CORE' FROM 7)", "string", "Spark CORE"],
  ["overlay('Spark SQL' PLACING 'ANSI ' FROM 7 FOR 0)", "string", "Spark ANSI SQL"],
  ["overlay('Spark SQL' PLACING 'tructured' FROM 2 FOR 4)", "string", "Structured SQL"],
  ["find_in_set('ab','abc,b,ab,c,def')", "int", 3],
  ["format_number(12332.123456, 4)", "string", "12,332.1235"],
  ["format_number(12332.123456, '##################.###')", "string", "12332.123"],
  ["format_number(-1234.5D, '#,##0.0;(#,##0.0)')", "string", "(1,234.5)"],
  ["format_number(0.256D, '0.0%')", "string", "25.6%"],
  ["format_number(double('NaN'), 2)", "string", "NaN"],
  ["format_number(5, '')", "string", "5"],
  ["format_string('Hello World %d %s', 100, 'days')", "string", "Hello World 100 days"],
  ["format_string('%x|%X|%o|%e|%,d|%+d|%-5d|%c|%b|%%|%n', 255, 255, 8, 12345.678D, 1234567, 5, 7, 65, true)", "string", "ff|FF|10|1.234568e+04|1,234,567|+5|7    |A|true|%|\n"],
  ["format_string('%2$s %1$s %<s', 'a', 'b')", "string", "b a a"],
  ["format_string('%.2f %.0f %.3f %g %g %(d', 1.005D, 2.5D, -0.0005D, 0.0001D, 123456789.0D, -5)", "string", "1.01 3 -0.001 0.000100000 1.23457e+08 (5)"],
  ["levenshtein('kitten', 'sitting', 2)", "int", -1],
  ["luhn_check('8112189876')", "boolean", true],
  ["luhn_check('79927398713')", "boolean", true],
  ["luhn_check('79927398714')", "boolean", false],
  ["luhn_check('')", "boolean", false],
  ["mask('abcd-EFGH-8765-4321')", "string", "xxxx-XXXX-nnnn-nnnn"],
  ["mask('AbCD123-@$#', NULL, 'q', 'd', 'o')", "string", "AqCDdddoooo"],
  ["mask('AbCD123-@$#', 'Q', 'q')", "string", "QqQQnnn-@$#"],
  ["sentences('Hi there! Good morning.')", "array<array<string>>", [["Hi", "there"], ["Good", "morning"]]],
  ["soundex('Miller')", "string", "M460"],
  ["soundex('Ashcraft')", "string", "A261"],
  ["soundex('Tymczak')", "string", "T522"],
  ["soundex('3Bob')", "string", "3Bob"],
  ["conv('100', 2, 10)", "string", "4"],
  ["conv(-10, 16, -10)", "string", "-16"],
  ["conv('  15 ', 10, 16)", "string", "F"],
  ["conv('1x',10,10)", "string", "1"],
  ["to_number('454', '999')", "decimal(3,0)", "decimal(3,0):454"],
  ["to_number('454.00', '000.00')", "decimal(5,2)", "decimal(5,2):454.00"],
  ["to_number('12,454', '99,999')", "decimal(5,0)", "decimal(5,0):12454"],
  ["to_number('$78.12', '$99.99')", "decimal(4,2)", "decimal(4,2):78.12"],
  ["to_number('12,454.8-', '99,999.9S')", "decimal(6,1)", "decimal(6,1):-12454.8"],
  ["to_number('<5>', '9PR')", "decimal(1,0)", "decimal(1,0):-5"],
  ["try_to_number('x', '999')", "decimal(3,0)", null],
  ["to_char(454, '999')", "string", "454"],
  ["to_char(454.00, '000D00')", "string", "454.00"],
  ["to_char(12454, '99G999')", "string", "12,454"],
  ["to_char(78.12, '$99.99')", "string", "$78.12"],
  ["to_char(-12454.8, '99G999D9S')", "string", "12,454.8-"],
  ["to_char(78.12, '$99.9')", "string", "$##.#"],
  ["to_char(1, '999')", "string", "  1"],
  ["to_char(-1, 'S999')", "string", "  -1"],
  ["to_char(-5, '99PR')", "string", " <5>"],
  ["to_varchar(CAST('abc' AS BINARY), 'base64')", "string", "YWJj"],
  ["to_varchar(DATE'2016-04-08', 'y')", "string", "2016"],
  ["to_char(X'616263', 'utf-8')", "string", "abc"],
  ["parse_url('http://spark.apache.org/path?query=1', 'QUERY')", "string", "query=1"],
  ["parse_url('http://user:pw@h:80/a/b?c=d&e=f#x', 'AUTHORITY')", "string", "user:pw@h:80"],
  ["parse_url('http://user:pw@h:80/a/b?c=d&e=f#x', 'USERINFO')", "string", "user:pw"],
  ["parse_url('http://user:pw@h:80/a/b?c=d&e=f#x', 'FILE')", "string", "/a/b?c=d&e=f"],
  ["parse_url('http://user:pw@h:80/a/b?c=d&e=f#x', 'REF')", "string", "x"],
  ["parse_url('http://h/?c=d&e=f', 'QUERY', 'e')", "string", "f"],
  ["parse_url('http://my_host/x', 'HOST')", "string", null],
  ["parse_url('inva lid://x', 'HOST')", "error INVALID_URL"],
  ["parse_url('http://h', 'host')", "string", null],
  ["try_parse_url('http://a b', 'HOST')", "string", null],
  ["url_decode('https%3A%2F%2Fspark.apache.org')", "string", "https://spark.apache.org"],
  ["decode(2, 1, 'Southlake', 2, 'San Francisco', 3, 'New Jersey', 4, 'Seattle', 'Non domestic')", "string", "San Francisco"],
  ["decode(6, 1, 'Southlake', 2, 'San Francisco')", "string", null],
  ["decode(null, 6, 'Spark', NULL, 'SQL', 4, 'rocks')", "string", "SQL"],
  ["encode('a', 'UTF-16LE')", "binary", "binary:YQA="],
  ["encode('a', 'UTF-32')", "binary", "binary:AAAAYQ=="],
  ["encode('é', 'iso-8859-1')", "binary", "binary:6Q=="],
  ["decode(X'FEFF00E9', 'UTF-16')", "string", "é"],
  ["decode(X'FFFEE900', 'UTF-16')", "string", "é"],
  ["decode(X'E9', 'ISO-8859-1')", "string", "é"],
  ["to_binary('YWJj', 'base64')", "binary", "binary:YWJj"],
  ["to_binary('abc')", "binary", "binary:Crw="],
  ["try_to_binary('a!', 'base64')", "binary", null],
  ["nvl2(3, NULL, 1)", "int", null],
  ["zeroifnull(NULL)", "int", 0],
  ["equal_null(1, '1')", "boolean", true],
  ["btrim('    SparkSQL   ')", "string", "SparkSQL"],
  ["btrim('SSparkSQLS', 'SL')", "string", "parkSQ"],
  ["trim(LEADING 'SL' FROM 'SSparkSQLS')", "string", "parkSQLS"],
  ["trim(TRAILING 'SL' FROM 'SSparkSQLS')", "string", "SSparkSQ"],
  ["'Spark' ILIKE '_PARK'", "boolean", true],
  ["left(X'616263', 2)", "binary", "binary:YWI="],
  ["substring_index('aaaa', 'aa', 2)", "string", "a"],
  ["substring_index('aaaa', 'aa', -2)", "string", "a"],
  ["substring_index('www.apache.org', '.', -2)", "string", "apache.org"],
  ["initcap('ΑΣ ΑΣΑ ǆ ᾳ ŉ')", "string", "Ας Ασα ǅ ᾼ ʼN"],
  ["regexp_instr('😀1', '\\\\d')", "int", 3],
  ["regexp_extract_all('100-200, 300-400', '(\\\\d+)-(\\\\d+)', 2)", "array<string>", ["200", "400"]],
  ["typeof(array(1))", "string", "array<int>"],
  ["typeof(named_struct('a', 1L, 'b', 'x'))", "string", "struct<a:bigint,b:string>"],
  ["typeof(map('a', 1))", "string", "map<string,int>"],
  ["greatest(10, 9, 2, 4, 3)", "int", 10],
  ["greatest(true, false)", "boolean", true],
  ["sha2('Spark', 256)", "string", "529bc3b07127ecb7e53a4dcf1991d9152c24537d919178022b2c42657f79a26b"],
  ["hash('Spark', array(123), 2)", "int", -1321691492],
  ["xxhash64('Spark', array(123), 2)", "bigint", "bigint:5602566077635097486"],
  ["crc32('Spark')", "bigint", "bigint:1557323817"],
  ["concat(space(2), '1')", "string", "  1"],
  ["chr(65)", "string", "A"],
  ["bin(13.3)", "string", "1101"],
  ["repeat('123', 2)", "string", "123123"],
  ["position('bar', 'foobarbar', 5)", "int", 7],
  ["printf('Hello World %d %s', 100, 'days')", "string", "Hello World 100 days"],
  ["concat_ws(' ', 'Spark', 'SQL')", "string", "Spark SQL"],
  ["concat_ws('s')", "string", ""],
  ["elt(3, 'a', 'b')", "error INVALID_ARRAY_INDEX"],
  ["overlay(X'616263' PLACING X'7A' FROM 2)", "binary", "binary:YXpj"],
];

/** What differs; an error of Spark's may be one of the compiler's here. */
function difference(fact: FunctionFact): readonly string[] {
  const verdict = askDirectly(fact);
  if (verdict.kind === "agrees") return [];
  if (verdict.kind === "skipped") return [`${fact.sql}: ${verdict.reason}`];
  const isExpected = (fact.error !== undefined && verdict.answer.startsWith("E2103")) || deviationOf(fact, verdict.answer) !== undefined;
  return isExpected ? [] : [`${fact.sql}: ${verdict.answer}`];
}

it.each(names)("%s answers as Spark does", (name) => {
  const facts = functionFacts([name]).filter((fact) => !/1[YS]\)|MONTH|'\/\/'/.test(fact.sql));
  expect(facts.length).toBeGreaterThan(0);
  expect(facts.flatMap(difference)).toEqual([]);
});

it.each(examples.map(([sql, type, result]) => ({ sql, type, result })))("$sql", ({ sql, type, result }) => {
  const fact = { fn: sql.slice(0, Math.max(0, sql.indexOf("("))), sql, ...(type.startsWith("error ") ? { error: type.slice(6) } : { type, result }) };
  expect(difference(fact)).toEqual([]);
});
