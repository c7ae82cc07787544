/** What a module in CommonJS exports, which has no types: whoever asks says what it expects of it. The import stands with its name where it is asked for, so that a bundler sees it. */
export async function moduleOf(imported: Promise<unknown>): Promise<unknown> {
  const loaded = await imported;
  return typeof loaded === "object" && loaded !== null && "default" in loaded ? loaded.default : loaded;
}
