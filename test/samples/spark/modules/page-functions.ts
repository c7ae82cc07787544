/** Functions that samples import. */
interface Visit {
  readonly page: string;
  readonly user: number | null;
}

export function isLong(took: number, least: number): boolean {
  return took >= least;
}

export function shorten(page: string): string {
  return page.trim().slice(0, 3);
}

export function parts(visit: Visit): { user: number | null; part: string }[] {
  return visit.page.split("/").map((part) => ({ user: visit.user, part }));
}

export function pageOf({ page, user }: Visit): { page: string; known: boolean } {
  return { page: page.toLowerCase(), known: user !== null };
}
