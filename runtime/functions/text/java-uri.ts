/** The parts of a URI as they are written; null where there is none. */
export interface UriParts {
  readonly scheme: string | null;
  readonly authority: string | null;
  readonly userInfo: string | null;
  readonly host: string | null;
  readonly path: string | null;
  readonly query: string | null;
  readonly fragment: string | null;
}

const escaped = "%[0-9A-Fa-f]{2}";
/** Characters beyond ASCII that are neither control characters nor spaces, which Java takes everywhere. */
const others = "[^\\u0000-\\u009f\\p{Z}]";
const unreserved = "A-Za-z0-9\\-_.!~*'()";
const pathPattern = allOf(`${unreserved}:@&=+$,;/`);
const uricPattern = allOf(`${unreserved};/?:@&=+$,\\[\\]`);
const userInfoPattern = allOf(`${unreserved};:&=+$,`);
const registryPattern = allOf(`${unreserved}$,;:@&=+`);
const hostName = /^(?:(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.?|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.?)$/;
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
const ipv6 = /^\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[A-Za-z0-9_.\-]+)?\]$/;

/** Reads a URI as java.net.URI does (RFC 2396 with its deviations): undefined where it throws a URISyntaxException. */
export function parseUri(text: string): UriParts | undefined {
  const [beforeFragment = "", fragment] = cut(text, "#");
  if (fragment !== null && !uricPattern.test(fragment)) return undefined;
  const schemeEnd = /^[^:/?#]*:/.exec(beforeFragment)?.[0];
  const scheme = schemeEnd === undefined ? null : schemeEnd.slice(0, -1);
  if (scheme !== null && !/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme)) return undefined;
  const rest = beforeFragment.slice(schemeEnd?.length ?? 0);
  const none = { scheme, fragment, authority: null, userInfo: null, host: null };
  if (scheme !== null && !rest.startsWith("/")) return rest !== "" && uricPattern.test(rest) ? { ...none, path: null, query: null } : undefined;
  const [hierarchy = "", query] = cut(rest, "?");
  if (query !== null && !uricPattern.test(query)) return undefined;
  if (!hierarchy.startsWith("//")) return pathPattern.test(hierarchy) ? { ...none, path: hierarchy, query } : undefined;
  const slash = hierarchy.indexOf("/", 2);
  const authorityText = hierarchy.slice(2, slash < 0 ? undefined : slash);
  const path = slash < 0 ? "" : hierarchy.slice(slash);
  if (!pathPattern.test(path)) return undefined;
  if (authorityText === "") return path === "" && query === null && fragment === null ? undefined : { ...none, path, query };
  const server = serverOf(authorityText);
  if (server === undefined && !registryPattern.test(authorityText)) return undefined;
  return { ...none, authority: authorityText, ...server, path, query };
}

/** The user and host of an authority that names a server; undefined where it names none. */
function serverOf(authority: string): { readonly userInfo: string | null; readonly host: string } | undefined {
  const at = authority.indexOf("@");
  const userInfo = at < 0 ? null : authority.slice(0, at);
  if (userInfo !== null && !userInfoPattern.test(userInfo)) return undefined;
  const match = /^(\[[^\]]*\]|[^:]*)(?::\d*)?$/.exec(authority.slice(at + 1));
  const host = match?.[1] ?? "";
  return hostName.test(host) || ipv4.test(host) || ipv6.test(host) ? { userInfo, host } : undefined;
}

function allOf(characters: string): RegExp {
  return new RegExp(`^(?:[${characters}]|${escaped}|${others})*$`, "u");
}

function cut(text: string, mark: string): readonly [before: string, after: string | null] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}
