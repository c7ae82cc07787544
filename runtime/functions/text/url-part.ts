import { RowError } from "../../errors/row-error.ts";
import { parseUri, type UriParts } from "./java-uri.ts";

/**
 * Spark's `parse_url`: a part of a URL, or the value of a key of its query; null where it has none, or where the part is none of
 * HOST PATH QUERY REF PROTOCOL FILE AUTHORITY USERINFO. A text that is no URL is a `RowError`.
 */
export function urlPart(url: string, part: string, key?: string): string | null {
  const parts = parseUri(url);
  if (parts === undefined) throw new RowError("INVALID_URL", `${JSON.stringify(url)} is not a URL; try_parse_url gives null for it`);
  return partOf(parts, part, key);
}

/** `urlPart` that gives null where the text is no URL (`try_parse_url`). */
export function tryUrlPart(url: string, part: string, key?: string): string | null {
  const parts = parseUri(url);
  return parts === undefined ? null : partOf(parts, part, key);
}

function partOf(parts: UriParts, part: string, key: string | undefined): string | null {
  if (key !== undefined) return part === "QUERY" ? valueOf(parts.query, key) : null;
  switch (part) {
    case "HOST":
      return parts.host;
    case "PATH":
      return parts.path;
    case "QUERY":
      return parts.query;
    case "REF":
      return parts.fragment;
    case "PROTOCOL":
      return parts.scheme;
    case "FILE":
      return parts.query === null ? parts.path : `${parts.path ?? ""}?${parts.query}`;
    case "AUTHORITY":
      return parts.authority;
    case "USERINFO":
      return parts.userInfo;
    default:
      return null;
  }
}

function valueOf(query: string | null, key: string): string | null {
  const found = query?.split("&").find((pair) => pair.startsWith(`${key}=`));
  return found === undefined ? null : found.slice(key.length + 1);
}
