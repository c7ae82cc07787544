export interface Visit {
  host: string;
  bytes: number;
  at: Date;
  tags: readonly string[];
  user: { id: bigint; name: string | null } | null;
}

export interface Page {
  url: string;
  kilobytes: number;
  hour: Date;
  owner: { id: bigint } | null;
  unread: string[];
}

export const isLarge = ({ bytes }: { bytes: number }): boolean => bytes >= 1024;

export function toPage({ host, bytes, at, user, tags }: Visit): Page {
  return { url: `http://${host}/`, kilobytes: bytes / 1024, hour: new Date(at.getTime() - (at.getTime() % 3_600_000)), owner: user, unread: [...tags] };
}

/** The visit without its user, or nothing. */
export function anonymous(visit: Visit): Visit | undefined {
  return visit.host === "" ? undefined : { ...visit, user: null };
}

export function* tagsOf({ host, tags }: { host: string; tags: readonly string[] }): Generator<{ host: string; tag: string }> {
  for (const tag of tags) yield { host, tag };
}
