import { defineDiagnostic } from "../define.ts";

/** What every refusal of a query that shall be divided into shards says: the query, what stands in the way, and why. */
interface Obstacle {
  readonly query: string;
  readonly what: string;
  readonly reason: string;
}

const message = ({ query, what }: Obstacle): string => (what === `\`${query}\`` ? `\`${query}\` cannot be divided into shards` : `\`${query}\` cannot be divided into shards because of ${what}`);
const label = ({ reason }: Obstacle): string => reason;

/** What is read has no partitions that processes could share. */
export const shardSource = defineDiagnostic<Obstacle>({ code: "E4160", slug: "shard-source", message, label });

/** A step by a key of which rows may be in several shards. */
export const shardKey = defineDiagnostic<Obstacle>({ code: "E4161", slug: "shard-key", message, label });

/** A join of two streams whose rows meet in different shards. */
export const shardJoin = defineDiagnostic<Obstacle>({ code: "E4162", slug: "shard-join", message, label });

/** A step over all rows of a query. */
export const shardWhole = defineDiagnostic<Obstacle>({ code: "E4163", slug: "shard-whole", message, label });

/** Rows of a table that every shard would give. */
export const shardTable = defineDiagnostic<Obstacle>({ code: "E4164", slug: "shard-table", message, label });

/** The user's code, which would take a shard's part for the whole. */
export const shardCode = defineDiagnostic<Obstacle>({ code: "E4165", slug: "shard-code", message, label });

/** `partitionedBy` names what is no column that a key is made of. */
export const partitionedBy = defineDiagnostic<{ message: string }>({
  code: "E4166",
  slug: "partitioned-by",
  message: ({ message }) => message,
  label: () => "columns of the source that are the key of its messages",
});
