export { customSource } from "./custom/source.ts";
