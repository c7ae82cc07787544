import { binaryType } from "../../../ir/types/data-type.ts";
import { charsetFunction } from "../charset-function.ts";

/** A text in a character set. */
export const encode = charsetFunction("encode", "encodeText", ["text", "text"], "The bytes of a text in a character set (US-ASCII ISO-8859-1 UTF-8 UTF-16BE UTF-16LE UTF-16 UTF-32); an error where it has not all characters.", binaryType);
