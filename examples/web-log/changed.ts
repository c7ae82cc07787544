import { contentPath } from "./pages.ts";

interface Log {
  readonly host: string;
  readonly timestamp: Date;
  readonly request: string;
  readonly http_reply: string;
  readonly bytes: string | null;
}

/** The record of a page that people read, with the page's path in place of the whole request (no method, no query string); nothing for any other record. */
export function contentPage(record: Log): Log | undefined {
  const path = contentPath(record.request);
  return path === null ? undefined : { ...record, request: path };
}
