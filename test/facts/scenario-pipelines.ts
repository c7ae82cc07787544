/** The Sluice jobs by the id of their scenario; null where this version has none. */
export type Pipelines = ReadonlyMap<string, string | null>;

/** Reads a file of pipelines: an object of texts, of lists of lines, or of nulls. */
export function readPipelines(text: string): Pipelines {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("a file of pipelines is an object: the id of a scenario, and the text of its job");
  return new Map(
    Object.entries(value).map(([id, job]: [string, unknown]) => {
      if (typeof job === "string" || job === null) return [id, job];
      if (Array.isArray(job) && job.every((line) => typeof line === "string")) return [id, job.join("\n")];
      throw new TypeError(`the job of ${id} is neither a text nor a list of lines`);
    }),
  );
}
