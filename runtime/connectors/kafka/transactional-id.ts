const encoder = new TextEncoder();

/**
 * The transactional id of a sink: the same whenever a query is started with its checkpoint, whatever other sinks it has then, and no other sink's. It begins with `sluice.`, so that
 * access can be given to it by prefix, holds letters, digits and `._-` only, and is at most 249 characters long whatever the names are.
 */
export function transactionalId(queryId: string, sink: string): string {
  const readable = `${queryId}.${sink}`.replaceAll(/[^A-Za-z0-9._-]/g, "_").slice(0, 220);
  return `sluice.${readable}.${hashOf(`${queryId}\0${sink}`)}`;
}

/** FNV-1a of 64 bits, as 16 hexadecimal digits: names that differ only in what was replaced or cut off stay apart. */
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of encoder.encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}
