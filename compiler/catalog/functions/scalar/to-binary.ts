import { binaryConversion } from "../binary-conversion.ts";
import { always } from "../resolution.ts";

/** The bytes of a text in a format. */
export const toBinary = binaryConversion("to_binary", "bytesFromFormat", "The bytes that a text stands for in a format: hex (unless said), base64 or utf-8.", always);
