export { memorySink } from "./memory/sink.ts";
export { MemoryTables, type MemoryTable } from "./memory/memory-tables.ts";
