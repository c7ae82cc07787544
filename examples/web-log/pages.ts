/** A request that asks for a page, as a log writes it: `GET /path HTTP/1.0`. */
const getRequest = /^GET (\S+) HTTP\/\d\.\d$/;

/** Endings of pages that people read; all else (pictures, archives, films) is decoration or download. */
const contentEndings: ReadonlySet<string> = new Set(["", "html", "htm", "txt"]);

/** The path of a page that was asked for, without its query string; null where the request is no `GET` or asks for no page. */
export function contentPath(request: string): string | null {
  const target = getRequest.exec(request)?.[1];
  if (target === undefined) return null;
  const path = target.split("?", 1)[0] ?? "";
  const file = path.slice(path.lastIndexOf("/") + 1);
  const dot = file.lastIndexOf(".");
  return contentEndings.has(dot < 0 ? "" : file.slice(dot + 1).toLowerCase()) ? path : null;
}

/** Whether a request asks for a page that people read. */
export function isContent(request: string): boolean {
  return contentPath(request) !== null;
}
