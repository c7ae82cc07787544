// Digests and hashes over bytes and values; one line a file, sorted.
export * from "./crc32.ts";
export * from "./md5.ts";
export * from "./murmur-hash.ts";
export * from "./sha1.ts";
export * from "./sha2.ts";
export * from "./xx-hash.ts";
