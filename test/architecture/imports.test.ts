import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts"], { cwd: root, encoding: "utf8" }).trim().split("\n");

/** Every import of a file: paths within the repository, or the names of packages. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/^(?:import|export)\s(?:[^"';]*\sfrom\s)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm)].map((match) => {
    const specifier = match[1] ?? match[2] ?? "";
    return specifier.startsWith(".") ? normalize(join(dirname(file), specifier)) : specifier;
  });
}

const imports = new Map(files.map((file) => [file, importsOf(file)]));

function offences(from: RegExp, forbidden: (target: string, file: string) => boolean): readonly string[] {
  return [...imports].flatMap(([file, targets]) => (from.test(file) ? targets.filter((target) => forbidden(target, file)).map((target) => `${file} imports ${target}`) : []));
}

it("keeps the phases from importing each other", () => {
  const phase = (path: string): string | undefined => /^compiler\/(\d-[a-z]+)\//.exec(path)?.[1];
  expect(offences(/^compiler\/\d-/, (target, file) => phase(target) !== undefined && phase(target) !== phase(file))).toEqual([]);
});

it("keeps the runtime from knowing the compiler and the language", () => {
  expect(offences(/^runtime\//, (target) => /^(compiler|grammar|test|examples|generated)\//.test(target))).toEqual([]);
});

it("keeps the shared parts of the compiler below the phases", () => {
  expect(offences(/^compiler\/(ir|code|diagnostics|source|catalog)\//, (target) => /^compiler\/(\d-|cli|explain|compile\.ts|emit\.ts)/.test(target))).toEqual([]);
});

it("lets only the compiler's catalogue, emission and command line reach into the runtime", () => {
  expect(offences(/^compiler\//, (target, file) => target.startsWith("runtime/") && !/^compiler\/(catalog|5-emit|cli)\//.test(file) && !/^runtime\/(functions|time|formats)\//.test(target))).toEqual([]);
});

it("keeps libraries out of the runtime's core", () => {
  const allowed: Readonly<Record<string, RegExp>> = {
    re2js: /^runtime\/regex(\.ts|\/)/,
    avsc: /^runtime\/formats\/avro\/avro-library\.ts$/,
    hyparquet: /^runtime\/formats\/parquet\/parquet-(library|footer)\.ts$/,
    "hyparquet/src/metadata.js": /^runtime\/formats\/parquet\/parquet-footer\.ts$/,
    "hyparquet/src/column.js": /^runtime\/formats\/parquet\/parquet-library\.ts$/,
    "hyparquet/src/delta.js": /^runtime\/formats\/parquet\/parquet-library\.ts$/,
    "hyparquet/src/encoding.js": /^runtime\/formats\/parquet\/parquet-library\.ts$/,
    "hyparquet/src/thrift.js": /^runtime\/formats\/parquet\/parquet-library\.ts$/,
    "hyparquet/src/plain.js": /^runtime\/formats\/parquet\/parquet-library\.ts$/,
    "hyparquet-compressors": /^runtime\/formats\/(parquet\/parquet-library|avro\/unpacked)\.ts$/,
    "hyparquet-writer": /^runtime\/formats\/parquet\/parquet-writing\.ts$/,
    "apache-arrow": /^runtime\/spark\/worker\//,
    "sql.js": /^runtime\/connectors\/memory\//,
    snappy: /^runtime\/formats\/compression\/snappy-loader\.ts$/,
    "@bokuweb/zstd-wasm": /^runtime\/formats\/compression\/zstd-codec\.ts$/,
    "lz4-napi": /^runtime\/formats\/compression\/lz4-codec\.ts$/,
  };
  const isPackage = (target: string): boolean => !target.startsWith("node:") && !/^(runtime|compiler)\//.test(target);
  const ofKafkajs = /^runtime\/connectors\/kafka\/client\/(kafkajs\/kafkajs-library|records\/gzip-codec)\.ts$/;
  expect(offences(/^runtime\//, (target, file) => isPackage(target) && !(target.startsWith("kafkajs/") ? ofKafkajs : allowed[target])?.test(file))).toEqual([]);
});

it("lets only the host use those of Node's modules that reach outside", () => {
  // Buffers and the reading of arguments touch nothing.
  const harmless: ReadonlySet<string> = new Set(["node:buffer", "node:util"]);
  expect(offences(/^runtime\//, (target, file) => target.startsWith("node:") && !harmless.has(target) && !/^runtime\/host\//.test(file))).toEqual([]);
});

it("keeps chevrotain in the grammar and ts-morph in emission and in the reading of imported modules", () => {
  expect(offences(/^(compiler|runtime|examples)\//, (target, file) => target === "chevrotain" && !file.startsWith("compiler/1-parse/"))).toEqual([]);
  expect(offences(/./, (target, file) => target === "ts-morph" && !/^(compiler\/5-emit\/|compiler\/2-analyze\/user-functions\/|test\/)/.test(file))).toEqual([]);
});

it("lets emitted modules import the runtime's entries, each other and the examples' own functions only", () => {
  expect(offences(/^generated\//, (target) => !/^(runtime\/(index|avro|parquet|regex)\.ts|runtime\/connectors\/[a-z-]+\.ts|generated\/[\w/-]+\.(reader\.ts|serializer\.cjs)|examples\/[\w/-]+\.ts)$/.test(target))).toEqual([]);
});
