/** Functions that the samples of `map`, `filter` and `flatMap` call. */
interface Click {
  page: string;
}

export const isHome = (click: Click): string => (click.page === "/" ? "yes" : "no");

export const lengthOf = (click: Click): number => click.page.length;

export const wordsOf = (click: Click): string[] => click.page.split("/");

export function perhaps(click: Click): { path: string } | null {
  return click.page === "" ? null : { path: click.page };
}

export function someOf(click: Click): ({ path: string } | undefined)[] {
  return [click.page === "" ? undefined : { path: click.page }];
}

export const parsed = (line: string): { word: string } => ({ word: line });
