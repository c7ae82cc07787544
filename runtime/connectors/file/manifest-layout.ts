/** Where a file sink keeps its manifest, inside its target folder. */
export const metadataFolder = "_sluice";

/** Who writes into the folder: the first thing that a sink creates there. */
export const ownerFile = "owner.json";

/** The name of a sink's file: unique by batch, partition and attempt, so that an attempt never writes over another's file. */
export function partName(batch: number, partition: number, attempt: number, suffix = "json"): string {
  return `part-${batch}-${partition}-${attempt}.${suffix}`;
}

/** The one visible file of a sink that replaces its result: the name stays, so that one rename puts the new version in the old one's place. */
export function switchedName(suffix: string): string {
  return partName(0, 0, 0, suffix);
}

/** Whether a name, its folder left out or not, is that of a file that later versions replace. */
export function isSwitchedName(name: string): boolean {
  return isPartName(name) && /(?:^|\/)part-0-0-0\.[^/]*$/.test(name);
}

/** The batch that a part is of. */
export function batchOfPart(name: string): number {
  return Number(/(?:^|\/)part-(\d+)-/.exec(name)?.[1] ?? -1);
}

/** The name of a part file until its batch is in the manifest; readers by pattern do not see it. */
export function pendingName(part: string): string {
  return `_${part}`;
}

/** The part whose pending name this is, both with their folders. */
export function partOfPending(pending: string): string {
  return pending.replace(/_(?=[^/]*$)/, "");
}

/** Whether a name, its folder left out, is that of a part. */
export function isPartName(name: string): boolean {
  return /(?:^|\/)part-\d+-\d+-\d+\.(?:(?:json|csv|text)(?:\.gz)?|parquet|avro)$/.test(name);
}

export function isPendingName(name: string): boolean {
  return /(?:^|\/)_part-\d+-\d+-\d+\.(?:(?:json|csv|text)(?:\.gz)?|parquet|avro)$/.test(name);
}

/** `_sluice/7` is the entry of batch 7, `_sluice/29.compact` holds those of all batches up to 29. */
export function entryName(batch: number): string {
  return String(batch);
}

export function compactName(batch: number): string {
  return `${batch}.compact`;
}

/** The batch that a name in the metadata folder is of; undefined for other files. */
export function parseManifestName(name: string): { readonly batch: number; readonly compact: boolean } | undefined {
  const match = /^(\d{1,15})(\.compact)?$/.exec(name);
  return match === null ? undefined : { batch: Number(match[1]), compact: match[2] !== undefined };
}
