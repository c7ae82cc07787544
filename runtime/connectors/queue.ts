export { queueSource } from "./queue/source.ts";
export { QueueRegistry, type QueueHandle } from "./queue/queue-registry.ts";
export { encodeRows, type QueueRow } from "./queue/encode-rows.ts";
