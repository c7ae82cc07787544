/** Numbers of Kafka's protocol errors that are told apart here. */
export const errorCodes = {
  offsetOutOfRange: 1,
  unknownTopic: 3,
  messageTooLarge: 10,
  recordListTooLarge: 18,
  invalidTopic: 17,
  topicAuthorizationFailed: 29,
  topicExists: 36,
  outOfOrderSequence: 45,
  duplicateSequence: 46,
  invalidProducerEpoch: 47,
  invalidTransactionState: 48,
  invalidProducerIdMapping: 49,
  concurrentTransactions: 51,
  transactionCoordinatorFenced: 52,
  unknownProducerId: 59,
  producerFenced: 90,
  transactionAbortable: 120,
} as const;

/** Leaders that moved, coordinators that load, replicas that lag: they mend themselves. */
const passing: ReadonlySet<number> = new Set([5, 6, 7, 9, 13, 14, 15, 16, 19, 20, 41, 51, 56, 74, 75, 78, 89]);
/** The topic, the group, the cluster, the transactional id, a delegation token. */
const forbidden: ReadonlySet<number> = new Set([29, 30, 31, 53, 65]);
const fenced: ReadonlySet<number> = new Set([errorCodes.invalidProducerEpoch, errorCodes.invalidProducerIdMapping, errorCodes.invalidTransactionState, errorCodes.transactionCoordinatorFenced, errorCodes.producerFenced, errorCodes.transactionAbortable]);

/** A broker answered with an error. */
export class ProtocolError extends Error {
  readonly code: number;
  /** Kafka's name of it. */
  readonly type: string;
  /** What was asked for. */
  readonly subject: string;

  constructor(code: number, type: string, subject: string) {
    super(`${type} (${subject})`);
    this.code = code;
    this.type = type;
    this.subject = subject;
  }

  /** Whether asking again may help. */
  get passes(): boolean {
    return passing.has(this.code);
  }

  get forbids(): boolean {
    return forbidden.has(this.code);
  }

  /** Whether the producer's place is taken, or its transaction is gone. */
  get fences(): boolean {
    return fenced.has(this.code);
  }
}
