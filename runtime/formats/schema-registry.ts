/** A registry of schemas with the interface of Confluent's (HTTP). Answers are remembered: an id never changes its schema. */
export interface SchemaRegistry {
  /** The text of the schema with this id; undefined until `fetch` has brought it. */
  known(id: number): string | undefined;
  /** Brings the schema with this id. Waits for a registry that is away; fails with a coded error where there is no such id or access is refused. */
  fetch(id: number): Promise<void>;
  /** Registers a schema under a subject and gives its id; the same schema has the same id again. Fails with a coded error where the registry finds it incompatible. */
  register(subject: string, schema: string): Promise<number>;
}
