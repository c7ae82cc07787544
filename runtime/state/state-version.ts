/** One state file as a log entry lists it: a reader takes exactly these files and refuses any other content. */
export interface StateFile {
  /** `<version>-<incarnation>.delta` or `.snapshot`, within the folder of its operator and partition. */
  readonly name: string;
  /** CRC32C of the file without its trailer, which is what the trailer holds. */
  readonly checksum: number;
  readonly bytes: number;
}

/** The files that make up one partition of one operator, in the order in which they apply: at most one snapshot, which comes first. */
export interface StateChain {
  readonly operatorId: string;
  readonly partition: number;
  readonly files: readonly StateFile[];
}

/**
 * A version of a query's whole state: what a batch starts from (`base` of `offsets/N`, version N) and what it makes (`commits/N`,
 * version N + 1). Partitions without an entry yet have no chain.
 */
export interface StateVersion {
  readonly version: number;
  readonly chains: readonly StateChain[];
}

/** The state before the first batch. */
export const emptyState: StateVersion = { version: 0, chains: [] };

export function isSnapshot(file: StateFile): boolean {
  return file.name.endsWith(".snapshot");
}
