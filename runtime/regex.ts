export { compileRegex } from "./regex/compile-regex.ts";
export { regexOf, splitByRegex } from "./regex/regex-of.ts";
