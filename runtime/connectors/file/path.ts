import type { Host } from "../../host/host.ts";

/** A path of a job as the file system takes it: relative ones start at the working directory. */
export function resolvePath(host: Host, path: string): string {
  if (path.startsWith("/")) return path;
  const base = host.process.workingDirectory;
  return base.endsWith("/") ? base + path : `${base}/${path}`;
}

/** The absolute path without `.`, `..` and doubled slashes: one text for one place, however a job writes it. Links stay as they are. */
export function normalizedPath(host: Host, path: string): string {
  const names: string[] = [];
  for (const name of resolvePath(host, path).split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return `/${names.join("/")}`;
}

/** `folder/name` with one slash between. */
export function joinPath(folder: string, name: string): string {
  return folder === "" || folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}

/** The folder that a path lies in; `.` for a bare name. */
export function parentPath(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  const slash = trimmed.lastIndexOf("/");
  if (slash < 0) return ".";
  return slash === 0 ? "/" : trimmed.slice(0, slash);
}

/** Names that readers ignore: temporary files and the folders of metadata. */
export function isHiddenName(name: string): boolean {
  return name.startsWith("_") || name.startsWith(".");
}
