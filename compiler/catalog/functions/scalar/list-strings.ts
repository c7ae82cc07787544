import type { ScalarFunction } from "../scalar-function.ts";
import { ascii } from "./ascii.ts";
import { assertTrue } from "./assert-true.ts";
import { base64 } from "./base64.ts";
import { bin } from "./bin.ts";
import { bitLength } from "./bit-length.ts";
import { btrim } from "./btrim.ts";
import { chr } from "./chr.ts";
import { concatWs } from "./concat-ws.ts";
import { conv } from "./conv.ts";
import { crc32 } from "./crc32.ts";
import { decode } from "./decode.ts";
import { elt } from "./elt.ts";
import { encode } from "./encode.ts";
import { equalNull } from "./equal-null.ts";
import { findInSet } from "./find-in-set.ts";
import { formatNumber } from "./format-number.ts";
import { formatString } from "./format-string.ts";
import { greatest } from "./greatest.ts";
import { hash } from "./hash.ts";
import { ilike } from "./ilike.ts";
import { initcap } from "./initcap.ts";
import { instr } from "./instr.ts";
import { isValidUtf8 } from "./is-valid-utf8.ts";
import { isnotnull } from "./isnotnull.ts";
import { isnull } from "./isnull.ts";
import { least } from "./least.ts";
import { left } from "./left.ts";
import { levenshtein } from "./levenshtein.ts";
import { locate } from "./locate.ts";
import { lpad } from "./lpad.ts";
import { luhnCheck } from "./luhn-check.ts";
import { makeValidUtf8 } from "./make-valid-utf8.ts";
import { mask } from "./mask.ts";
import { md5 } from "./md5.ts";
import { nullifzero } from "./nullifzero.ts";
import { nvl2 } from "./nvl2.ts";
import { octetLength } from "./octet-length.ts";
import { overlay } from "./overlay.ts";
import { parseUrl } from "./parse-url.ts";
import { raiseError } from "./raise-error.ts";
import { rand } from "./rand.ts";
import { randn } from "./randn.ts";
import { regexpCount } from "./regexp-count.ts";
import { regexpExtractAll } from "./regexp-extract-all.ts";
import { regexpInstr } from "./regexp-instr.ts";
import { regexpSubstr } from "./regexp-substr.ts";
import { repeat } from "./repeat.ts";
import { replace } from "./replace.ts";
import { reverse } from "./reverse.ts";
import { right } from "./right.ts";
import { rpad } from "./rpad.ts";
import { sentences } from "./sentences.ts";
import { sha1 } from "./sha1.ts";
import { sha2 } from "./sha2.ts";
import { shuffle } from "./shuffle.ts";
import { soundex } from "./soundex.ts";
import { space } from "./space.ts";
import { substringIndex } from "./substring-index.ts";
import { toBinary } from "./to-binary.ts";
import { toChar } from "./to-char.ts";
import { toNumber } from "./to-number.ts";
import { translate } from "./translate.ts";
import { tryParseUrl } from "./try-parse-url.ts";
import { tryToBinary } from "./try-to-binary.ts";
import { tryToNumber } from "./try-to-number.ts";
import { tryUrlDecode } from "./try-url-decode.ts";
import { typeofFunction } from "./typeof.ts";
import { unbase64 } from "./unbase64.ts";
import { unhex } from "./unhex.ts";
import { urlDecode } from "./url-decode.ts";
import { urlEncode } from "./url-encode.ts";
import { uuid } from "./uuid.ts";
import { xxhash64 } from "./xxhash64.ts";
import { zeroifnull } from "./zeroifnull.ts";

/** Functions over texts and bytes: their parts, formats, codes and hashes; those that ask for null, draw at random or fail. One line each, sorted. */
export const stringFunctions: readonly ScalarFunction[] = [
  ascii,
  assertTrue,
  base64,
  bin,
  bitLength,
  btrim,
  chr,
  concatWs,
  conv,
  crc32,
  decode,
  elt,
  encode,
  equalNull,
  findInSet,
  formatNumber,
  formatString,
  greatest,
  hash,
  ilike,
  initcap,
  instr,
  isValidUtf8,
  isnotnull,
  isnull,
  least,
  left,
  levenshtein,
  locate,
  lpad,
  luhnCheck,
  makeValidUtf8,
  mask,
  md5,
  nullifzero,
  nvl2,
  octetLength,
  overlay,
  parseUrl,
  raiseError,
  rand,
  randn,
  regexpCount,
  regexpExtractAll,
  regexpInstr,
  regexpSubstr,
  repeat,
  replace,
  reverse,
  right,
  rpad,
  sentences,
  sha1,
  sha2,
  shuffle,
  soundex,
  space,
  substringIndex,
  toBinary,
  toChar,
  toNumber,
  translate,
  tryParseUrl,
  tryToBinary,
  tryToNumber,
  tryUrlDecode,
  typeofFunction,
  unbase64,
  unhex,
  urlDecode,
  urlEncode,
  uuid,
  xxhash64,
  zeroifnull,
];
