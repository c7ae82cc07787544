export * from "./as-collection.ts";
export * from "./as-scalar.ts";
export * from "./map-async.ts";
export * from "./own-field.ts";
export * from "./to-user.ts";
