import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import type { Chunk, ReaderContext } from "../column-batch.ts";
import { toBuffer } from "../compression/to-buffer.ts";
import { MessageRows } from "../readers/message-rows.ts";
import type { FieldDescriptor } from "../type-descriptor.ts";
import type { ValueField } from "../value-type.ts";
import { AvroDecoder, BrokenRecord, columnFields } from "./avro-decoder.ts";
import { schemaDoesNotFit } from "./avro-errors.ts";
import { UnfitSchema } from "./avro-value.ts";

/** How a message says what it was written with. */
export interface AvroMessageOptions {
  /** `confluent`: a zero byte and the id of the writer's schema stand in front. `plain`: nothing does; all are of `schema`. */
  readonly wire: "confluent" | "plain";
  /** Of plain messages the schema that they were written with; else what the writers' schemas are resolved against. */
  readonly schema?: string;
}

/** The zero byte, and the id in four. */
const headerBytes = 5;

/** Errors of the registry that are about one schema, and so about the messages that name it. */
const ofOneSchema: ReadonlySet<string> = new Set(["R7752", "R7756"]);

/** Messages in Avro, one record each. A message whose bytes, schema or values do not fit the columns is malformed. */
export class AvroRecords extends MessageRows {
  readonly #context: ReaderContext;
  readonly #options: AvroMessageOptions;
  readonly #fields: readonly ValueField[];
  /** By the id of the writer's schema; a text says why it cannot be read. */
  readonly #decoders = new Map<number, AvroDecoder | string>();
  /** The decoder of the message before: most are of one schema. */
  #last: { readonly id: number; readonly decoder: AvroDecoder | string } | undefined;
  /** Ids in the chunk of which the registry has no schema, with what it said. */
  #unknown: ReadonlyMap<number, string> = new Map();
  readonly #plain: AvroDecoder | undefined;
  /** For each lane, the number of its field. */
  #places: readonly number[] = [];

  /** `fields`: those that are read, the checked ones among them. */
  constructor(context: ReaderContext, fields: readonly FieldDescriptor[], options: AvroMessageOptions) {
    super(context);
    this.#context = context;
    this.#options = options;
    this.#fields = columnFields(fields);
    this.#plain = options.wire === "plain" ? plainDecoder(options.schema ?? "", this.#fields) : undefined;
  }

  /** Fetches the schemas that a chunk's messages name and that are not known yet: one that was not there for an earlier chunk may be there by now. */
  prepare(chunk: Chunk): Promise<void> | undefined {
    const { registry } = this.#context;
    if (this.#plain !== undefined || registry === undefined) return undefined;
    const missing = new Set<number>();
    let before: number | undefined;
    for (const { value } of chunk.messages?.messages ?? []) {
      const id = value === null ? undefined : schemaId(value);
      if (id === before || id === undefined) continue;
      before = id;
      if (!this.#decoders.has(id) && registry.known(id) === undefined) missing.add(id);
    }
    return missing.size === 0 ? undefined : this.#fetch([...missing]);
  }

  override begin(chunk: Chunk): number {
    if (this.#places.length !== this.lanes.length) this.#places = this.lanes.map(({ name }) => this.#fields.findIndex((field) => field.name === name));
    return super.begin(chunk);
  }

  protected read(at: number, row: number): string | undefined {
    const { value } = this.messageAt(at);
    if (value === null) return "the message has no value";
    const decoder = this.#plain ?? this.#decoderOf(value);
    if (typeof decoder === "string") return decoder;
    const bytes = toBuffer(value);
    try {
      const { values, next } = decoder.decode(bytes, this.#plain === undefined ? headerBytes : 0);
      if (typeof values === "string") return values;
      if (next < bytes.length) return `${bytes.length - next} bytes are left over behind the value`;
      this.lanes.forEach(({ lane }, index) => lane.put(row, values[this.#places[index] ?? -1] ?? null));
      return undefined;
    } catch (error) {
      if (error instanceof BrokenRecord) return `the message is no value of its schema: ${error.message}`;
      throw error;
    }
  }

  /** The schemas one by one: there are few of them, and each is fetched once. */
  async #fetch(ids: readonly number[]): Promise<void> {
    const unknown = new Map<number, string>();
    for (const id of ids) {
      try {
        await this.#context.registry?.fetch(id);
      } catch (error) {
        if (!(error instanceof SluiceRuntimeError) || !ofOneSchema.has(error.code)) throw error;
        unknown.set(id, error.what);
      }
    }
    this.#unknown = unknown;
  }

  #decoderOf(value: Uint8Array): AvroDecoder | string {
    const id = schemaId(value);
    if (id === undefined) return value.length < headerBytes ? `a message of ${value.length} bytes names no schema` : `the message names no schema: its first byte is ${value[0]}, not 0`;
    if (id === this.#last?.id) return this.#last.decoder;
    const decoder = this.#decoders.get(id) ?? this.#newDecoder(id);
    if (decoder === undefined) return this.#unknown.get(id) ?? `nothing is known of the schema ${id}`;
    this.#last = { id, decoder };
    return decoder;
  }

  /** Undefined where nothing is known of the schema. */
  #newDecoder(id: number): AvroDecoder | string | undefined {
    const schema = this.#context.registry?.known(id);
    if (schema === undefined) return undefined;
    const decoder = this.#decoder(id, schema);
    this.#decoders.set(id, decoder);
    return decoder;
  }

  #decoder(id: number, schema: string): AvroDecoder | string {
    try {
      return new AvroDecoder(schema, this.#fields, this.#options.schema);
    } catch (error) {
      if (error instanceof UnfitSchema) return `${error.message} (schema ${id})`;
      throw error;
    }
  }
}

function plainDecoder(schema: string, fields: readonly ValueField[]): AvroDecoder {
  try {
    return new AvroDecoder(schema, fields);
  } catch (error) {
    throw error instanceof UnfitSchema ? schemaDoesNotFit("the schema file", error.message) : error;
  }
}

function schemaId(value: Uint8Array): number | undefined {
  if (value.length < headerBytes || value[0] !== 0) return undefined;
  return (((value[1] ?? 0) << 24) | ((value[2] ?? 0) << 16) | ((value[3] ?? 0) << 8) | (value[4] ?? 0)) >>> 0;
}
