// The types of runtime/user/, written by test/compiler/2-analyze/user-functions/runtime-declarations.test.ts with BLESS=1.
/** What users' modules take from `sluice/runtime`. */
export const runtimeDeclarations = `export type RowKind = "+I" | "-U" | "+U" | "-D";

export interface UserAggregate<S, V extends readonly unknown[], R> {
  init(): S;
  add(state: S, ...values: V): S;
  retract?(state: S, ...values: V): S;
  merge(a: S, b: S): S;
  result(state: S): R;
}

export interface GroupState<S> {
  readonly exists: boolean;
  get(): S | undefined;
  update(state: S): void;
  remove(): void;
  readonly hasTimedOut: boolean;
  setTimeoutDuration(milliseconds: number): void;
  setTimeoutTimestamp(time: Date): void;
  readonly processingTime: Date;
  readonly watermark: Date | undefined;
}
export interface ValueState<T, _Ttl extends string = never> {
  readonly exists: boolean;
  get(): T | undefined;
  set(value: T): void;
  clear(): void;
}
export interface ListState<T, _Ttl extends string = never> {
  readonly length: number;
  get(): readonly T[];
  add(...values: readonly T[]): void;
  set(values: readonly T[]): void;
  clear(): void;
}
export interface MapState<K extends string | number | bigint, V, _Ttl extends string = never> {
  readonly size: number;
  get(key: K): V | undefined;
  has(key: K): boolean;
  set(key: K, value: V): void;
  delete(key: K): void;
  entries(): Iterable<readonly [K, V]>;
  clear(): void;
}
export interface Timers {
  atEventTime(time: Date): void;
  atProcessingTime(time: Date): void;
  delete(time: Date): void;
  readonly pending: readonly Date[];
  readonly fired: Date | undefined;
  readonly atEnd: boolean;
  readonly processingTime: Date;
  readonly watermark: Date | undefined;
}

export type Receiver = ReplayableReceiver | PushReceiver;
export type ReceiverSource = Receiver | (() => Receiver | Promise<Receiver>);
export type ReceiverRecord = string | Uint8Array;
export interface ReplayableReceiver {
  latest(): unknown;
  read(from: unknown, to: unknown): Iterable<ReceiverRecord> | AsyncIterable<ReceiverRecord>;
  commit?(to: unknown): void;
  close?(): void | Promise<void>;
}
export interface PushReceiver {
  receive(push: (record: ReceiverRecord) => void | Promise<void>, signal: AbortSignal): void | Promise<void>;
}
export type Decoder = (line: Uint8Array) => ReceiverRecord | readonly ReceiverRecord[] | null | undefined;

export interface ForeachWriter<Row> {
  open?(partitionId: number, version: number): boolean | void | Promise<boolean | void>;
  process(row: Row): void | Promise<void>;
  close?(error?: Error): void | Promise<void>;
}
export interface ChangeWriter<Row> extends Pick<ForeachWriter<Row>, "open" | "close"> {
  process(row: Row, kind: RowKind): void | Promise<void>;
}
export type WriterSource<Row> = ChangeWriter<Row> | (() => ChangeWriter<Row> | Promise<ChangeWriter<Row>>);
export type BatchWriter<Row> = (rows: readonly Row[], batchId: number) => void | Promise<void>;
export type ChangeBatchWriter<Row> = (rows: readonly Row[], batchId: number, kinds: readonly RowKind[]) => void | Promise<void>;
`;
