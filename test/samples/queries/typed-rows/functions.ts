/** A visit as the job reads it; fields that a function does not name are not given to it. */
export interface Visit {
  id: bigint;
  host: string;
  bytes: number | null;
  at: Date;
  day: Date;
  ratio: number;
  count: number;
  tags: readonly (string | null)[];
  scores: ReadonlyMap<string, number>;
  user?: { id: number; names: string[] } | null;
  secret: Uint8Array | null;
}

export interface Page {
  url: string;
  kilobytes: number | null;
  hour: Date;
  owner: { id: number; name?: string } | undefined;
  lengths: Map<string, number>;
  parts: { word: string; size: bigint }[];
}

export const isShown = (visit: { host: string; bytes: number | null }): boolean | null => (visit.bytes === null ? null : visit.host !== "hidden");

export function toPage(visit: Visit): Page {
  const [name] = visit.user?.names ?? [];
  return {
    url: `http://${visit.host}/`,
    kilobytes: visit.bytes === null ? null : visit.bytes / 1024,
    hour: new Date(Math.floor(visit.at.getTime() / 3_600_000) * 3_600_000),
    owner: visit.user == null ? undefined : { id: visit.user.id, ...(name === undefined ? {} : { name }) },
    lengths: new Map(visit.tags.flatMap((tag) => (tag === null ? [] : [[tag, tag.length]]))),
    parts: visit.host.split(".").map((word) => ({ word, size: BigInt(word.length) })),
  };
}

/** The same visit, or nothing for one that is not worth keeping. */
export function cleaned(visit: Visit): Visit | undefined {
  if (visit.host === "") return undefined;
  return { ...visit, host: visit.host.toLowerCase(), count: visit.count + 1, day: new Date(visit.day.getTime() + 86_400_000) };
}

export function* tagsOf(visit: { id: bigint; tags: readonly (string | null)[] }): Generator<{ id: bigint; tag: string | null; place: number }> {
  for (const [place, tag] of visit.tags.entries()) yield { id: visit.id, tag, place };
}

export function words(line: string): readonly { word: string }[] {
  return line.split(" ").map((word) => ({ word }));
}
