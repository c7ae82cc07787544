export { socketSource, type SocketSourceOptions } from "./socket/source.ts";
