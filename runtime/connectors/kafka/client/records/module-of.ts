/** What a module in CommonJS exports, which has no types: whoever asks says what it expects of it. */
export async function moduleOf(path: string): Promise<unknown> {
  const loaded: unknown = await import(path);
  return typeof loaded === "object" && loaded !== null && "default" in loaded ? loaded.default : loaded;
}
