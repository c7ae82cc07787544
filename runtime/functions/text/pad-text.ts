import { textLength, unitOfCharacter } from "../code-points.ts";
import { repeatText } from "./repeat-text.ts";

/** Spark's `lpad` of texts: filled up at the front to so many characters, or cut to them; an empty pad fills nothing (UTF8String.lpad). */
export function padStartText(text: string, length: number, pad: string = " "): string {
  return fillOf(text, length, pad) + firstCharacters(text, length);
}

/** Spark's `rpad` of texts. */
export function padEndText(text: string, length: number, pad: string = " "): string {
  return firstCharacters(text, length) + fillOf(text, length, pad);
}

function firstCharacters(text: string, count: number): string {
  return text.length <= count ? text : text.slice(0, unitOfCharacter(text, count));
}

function fillOf(text: string, length: number, pad: string): string {
  const missing = length - textLength(text);
  if (missing <= 0 || pad === "") return "";
  const width = textLength(pad);
  return repeatText(pad, Math.floor(missing / width)) + firstCharacters(pad, missing % width);
}
