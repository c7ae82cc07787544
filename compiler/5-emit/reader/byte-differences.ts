import { Code, Precedence } from "../../code/code.ts";
import { numberCode } from "../../code/literal.ts";

/**
 * Conditions of which one holds if and only if other bytes than those of `text` (four and more) stand at `at`: eight bytes are compared
 * as the double that they make (UTF-8 makes neither NaN nor zero), fewer than eight as integers. The last piece may overlap the one before.
 */
export function differences(text: string): readonly Code[] {
  const bytes = Buffer.from(text, "utf8");
  const width = bytes.length < 8 ? 4 : 8;
  const found: Code[] = [];
  for (let at = 0; at < bytes.length; at += width) {
    const place = Math.min(at, bytes.length - width);
    const value = width === 8 ? bytes.readDoubleLE(place) : bytes.readInt32LE(place);
    const read = width === 8 ? "getFloat64" : "getInt32";
    found.push(new Code(`view.${read}(${place === 0 ? "at" : `at + ${place}`}, true) !== ${numberCode(value).text}`, Precedence.equality, []));
  }
  return found;
}
