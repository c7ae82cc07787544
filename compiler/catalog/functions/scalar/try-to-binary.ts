import { binaryConversion } from "../binary-conversion.ts";
import { never } from "../resolution.ts";

/** `to_binary` that gives null where the text does not fit. */
export const tryToBinary = binaryConversion("try_to_binary", "tryBytesFromFormat", "`to_binary` that gives null where the text does not fit the format.", never);
