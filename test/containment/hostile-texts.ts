/**
 * Texts that break out of code, comments, names or paths where they are not contained. Among them are names that JavaScript and the
 * emitter themselves use.
 */
export const hostileTexts: readonly string[] = [
  '";', "'", "`", '"); process.exit(1); ("', "${x}", "\\${x}", "\\\\${x}", "\\u005c", "\\", '\\"', "\\u0022", "*/", "/*", "*/ evil(); /*", "//", "/**/", "</script>", "<!--", "-->", "]]>",
  "\u2028", "a\u2029b", "a\u0000b", "\u0007", "\ud800", "a\udfff", "\u202eevil", "\u2066x\u2069", "\ufeff", "\u200b", "#!", "#!/usr/bin/env node",
  "//# sourceMappingURL=data:application/json,{}", "# sourceMappingURL=data:,", "//@ sourceURL=x", "@ts-nocheck", "@ts-ignore", "@ts-expect-error", "/ <reference path=\"x\" />", "eslint-disable", "@license", "@vite-ignore", "#__PURE__",
  "a\nb", "a\r\nb", "\n", "a\n*/ evil() /*", "a\n// b",
  "constructor", "__proto__", "prototype", "toString", "hasOwnProperty", "valueOf", "arguments", "eval", "await", "let", "static", "yield", "async", "of", "this", "super", "new", "typeof", "class", "function", "return", "const", "var", "enum", "import", "require", "module", "exports",
  "undefined", "null", "true", "NaN", "Infinity", "Object", "Function", "globalThis", "process", "Number", "BigInt", "Symbol", "Error", "Map", "JSON", "Math", "Date", "String", "Uint8Array", "DataView",
  "context", "columns", "batch", "row", "slot", "groups", "kind", "out", "params", "env", "job", "error", "at", "view", "input", "next", "chunk", "records", "start", "end", "value", "key", "key1", "name", "length", "keys", "lanes", "slots", "then", "reads", "finish", "build",
  "count", "sumLong", "maxLong", "asap", "once", "every", "defineJob", "defineQuery", "runMain", "JsonWriter", "ColumnBatch", "memorySink", "fileSource", "rowOrder", "ascending", "takeRows", "orOneNull", "stringParam", "readText", "JsonRecords", "Texts", "tumblingWindow", "minutes", "compareText", "jsonShape",
  "a b", "Adj Close", "1st", "-0", "1e400", "0777", "9007199254740993", "0x10", "1_000", "", " ", "  ", "é", "e\u0301", "а", "日本", "😀", "ﬁ", "\u00ad",
  "columns.x", "columns[0]", "params", "a[0]", ".*", "%", "_", "?", "#", "%2e%2e", "%00", "{", "}", "{}", "[", "()", "=>", ";", ",", ":", "=", "+", "--", "!", "&&", "null as x", "x => x",
  "../x", "..", ".", "/", "/etc/passwd", "a/b", "a\\b", "CON", "~", "file:///etc/passwd", "http://x/y?z#w", "x".repeat(300), "long name ".repeat(30),
];

/** Names and texts of 100 kB. */
export const longTexts: readonly string[] = ["y".repeat(100_000), "long name ".repeat(10_000)];
