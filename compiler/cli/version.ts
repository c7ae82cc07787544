import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The version in the package.json of the installation. */
export function versionOf(installation: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(installation, "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "unknown";
}
