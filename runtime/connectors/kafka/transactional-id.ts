import { fnvHash } from "../../checkpoint/fnv-hash.ts";

const encoder = new TextEncoder();

/**
 * The transactional id of a sink: the same whenever a query is started with its checkpoint, whatever other sinks it has then, and no other sink's. It begins with `sluice.`, so that
 * access can be given to it by prefix, holds letters, digits and `._-` only, and is at most 249 characters long whatever the names are. Names that differ only in what is
 * replaced or cut off differ in the hash.
 */
export function transactionalId(queryId: string, sink: string): string {
  const readable = `${queryId}.${sink}`.replaceAll(/[^A-Za-z0-9._-]/g, "_").slice(0, 220);
  return `sluice.${readable}.${fnvHash(encoder.encode(`${queryId}\0${sink}`))}`;
}
