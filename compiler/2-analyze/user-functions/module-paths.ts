/** `./b.ts` seen from `./lib/a.ts` is `./lib/b.ts`. */
export function joined(from: string, target: string): string {
  const parts = from.split("/").slice(0, -1).filter((part) => part !== ".");
  for (const part of target.split("/")) {
    if (part === "..") {
      if (parts.every((before) => before === "..")) parts.push("..");
      else parts.pop();
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return (parts[0] === ".." ? parts : [".", ...parts]).join("/");
}

const written: ReadonlyMap<string, readonly string[]> = new Map([
  [".js", [".ts", ".tsx", ".d.ts", ".js"]],
  [".jsx", [".tsx", ".jsx"]],
  [".mjs", [".mts", ".d.mts", ".mjs"]],
  [".cjs", [".cts", ".d.cts", ".cjs"]],
]);

/** The files that a relative import may mean, as TypeScript looks for them: `./lib.js` and `./lib` are `./lib.ts`, a folder its `index.ts`. */
export function filesMeant(specifier: string): readonly string[] {
  const [extension = ""] = /\.[^./]+$/.exec(specifier) ?? [];
  if (/^\.(?:[cm]?ts|tsx)$/.test(extension)) return [specifier];
  const sources = written.get(extension);
  if (sources !== undefined) return sources.map((source) => `${specifier.slice(0, -extension.length)}${source}`);
  return [".ts", ".tsx", ".d.ts", ".js", "/index.ts", "/index.js"].map((source) => `${specifier}${source}`);
}

/** Whether an import means a module of the language's, and not data or code of another kind (`.json`, `.node`, `.wasm`), which is not looked into. */
export function isOfScript(specifier: string): boolean {
  const [extension = ""] = /\.[^./]+$/.exec(specifier) ?? [];
  return extension === "" || /^\.[cm]?[jt]sx?$/.test(extension);
}
