import { RowError } from "../../errors/row-error.ts";

/** A pattern of java.text.DecimalFormat, read. */
export interface DecimalFormatPattern {
  readonly prefix: string;
  readonly suffix: string;
  readonly negativePrefix: string;
  readonly negativeSuffix: string;
  /** 100 for `%`, 1000 for `‰`. */
  readonly multiplier: number;
  /** 0: no separators. */
  readonly grouping: number;
  readonly leastWhole: number;
  readonly leastPlaces: number;
  readonly mostPlaces: number;
  readonly alwaysPoint: boolean;
}

interface Half {
  prefix: string;
  number: string;
  suffix: string;
  multiplier: number;
}

/** Reads a pattern as DecimalFormat.applyPattern does; one that is none, or has an exponent, is a `RowError`. */
export function decimalFormatPattern(pattern: string): DecimalFormatPattern {
  const [positive, negative] = halvesOf(pattern);
  const { number } = positive;
  if (!/^[#,]*[0,]*(?:\.0*#*)?$/.test(number)) throw badPattern(pattern, "has its digits in an order that is none: `#` before `0` and, behind the point, after it");
  const [whole = "", places] = number.split(".");
  const isPlain = !/0/.test(number) && places !== undefined && /#/.test(number);
  const wholeDigits = whole.replaceAll(",", "");
  const grouping = whole.includes(",") ? whole.length - 1 - whole.lastIndexOf(",") : 0;
  const hasNegative = negative !== undefined && !(negative.prefix === positive.prefix && negative.suffix === positive.suffix);
  return {
    prefix: positive.prefix,
    suffix: positive.suffix,
    negativePrefix: hasNegative ? negative.prefix : `-${positive.prefix}`,
    negativeSuffix: hasNegative ? negative.suffix : positive.suffix,
    multiplier: positive.multiplier,
    grouping,
    // `##.##` has one digit before the point, `.##` one behind it.
    leastWhole: isPlain && wholeDigits !== "" ? 1 : wholeDigits.replaceAll("#", "").length,
    leastPlaces: isPlain && wholeDigits === "" ? 1 : (places ?? "").replaceAll("#", "").length,
    mostPlaces: (places ?? "").length,
    alwaysPoint: places !== undefined && (places === "" || wholeDigits === ""),
  };
}

function halvesOf(pattern: string): readonly [Half, Half | undefined] {
  const halves: Half[] = [{ prefix: "", number: "", suffix: "", multiplier: 1 }];
  let quoted = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    const half = halves.at(-1) ?? { prefix: "", number: "", suffix: "", multiplier: 1 };
    if (character === "'") {
      if (pattern.charAt(at + 1) === "'") {
        addText(half, "'");
        at++;
      } else quoted = !quoted;
    } else if (quoted) addText(half, character);
    else if (/[#0,.]/.test(character)) {
      if (half.suffix !== "") throw badPattern(pattern, `has a \`${character}\` behind its suffix; write '${character}' for the character`);
      half.number += character;
    } else if (character === ";") {
      if (halves.length === 2) throw badPattern(pattern, "has more than two halves");
      halves.push({ prefix: "", number: "", suffix: "", multiplier: 1 });
    } else if (character === "E" && half.number !== "") throw badPattern(pattern, "has an exponent, which format_number does not write");
    else {
      if (character === "%" || character === "\u2030") half.multiplier = character === "%" ? 100 : 1000;
      addText(half, character);
    }
  }
  const [positive = { prefix: "", number: "", suffix: "", multiplier: 1 }, negative] = halves;
  return [positive, negative];
}

function addText(half: Half, text: string): void {
  if (half.number === "") half.prefix += text;
  else half.suffix += text;
}

function badPattern(pattern: string, what: string): RowError {
  return new RowError("INVALID_PARAMETER_VALUE", `the number pattern ${JSON.stringify(pattern)} ${what}`);
}
