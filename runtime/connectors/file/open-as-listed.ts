import { systemErrorCode } from "../../errors/system-error.ts";
import type { Host, OpenFile } from "../../host/host.ts";
import { cannotRead, fileChanged } from "./file-errors.ts";
import type { ListedFile } from "./listing.ts";
import { isSwitchedName } from "./manifest-layout.ts";
import { liesInTarget, locateFile } from "./manifest-reader.ts";
import { parentPath } from "./path.ts";

/** Whether a listed file is no longer there. */
export function isGone(host: Host, file: ListedFile): boolean {
  return locateFile(host, file.absolute) === undefined;
}

/** Opens a file to read what was listed: one whose size or time has changed since is an error. */
export function openAsListed(host: Host, file: ListedFile): OpenFile {
  const path = checkAsListed(host, file);
  try {
    const open = host.fs.open(path, "read");
    return isSwitchedName(file.path) ? openedAsListed(host, file, open) : open;
  } catch (error) {
    throw systemErrorCode(error) === undefined ? error : cannotRead(file.path, error);
  }
}

/** After a file was read: fails where it has changed in the meantime, so that other data is never read in silence. One that is gone is fine where `mayBeGone`. */
export function checkReadAsListed(host: Host, file: ListedFile, mayBeGone: boolean): void {
  // What a sink replaces is never written again: who has opened it has all of it.
  if (isSwitchedName(file.path) && liesInTarget(host, parentPath(file.absolute))) return;
  if (!mayBeGone || !isGone(host, file)) checkAsListed(host, file);
}

/** Looks again, since a version that took the file's place in between would be read as far as the former one went. */
function openedAsListed(host: Host, file: ListedFile, open: OpenFile): OpenFile {
  try {
    checkAsListed(host, file);
    return open;
  } catch (error) {
    open.close();
    throw error;
  }
}

function checkAsListed(host: Host, file: ListedFile): string {
  const found = locateFile(host, file.absolute);
  if (found === undefined) throw fileChanged(file.path, "is gone");
  if (found.stat.size !== file.size) throw fileChanged(file.path, `has another size: ${file.size} bytes when it was listed, ${found.stat.size} now`);
  if (found.stat.modified !== file.modified) throw fileChanged(file.path, "was written again after it was listed");
  return found.path;
}
