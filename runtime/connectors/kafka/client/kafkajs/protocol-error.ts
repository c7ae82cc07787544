import type { TopicPartition } from "../kafka-client.ts";
import { partitionWords } from "../partition-names.ts";

/** Numbers of Kafka's protocol errors that are told apart here. */
export const errorCodes = {
  offsetOutOfRange: 1,
  unknownTopic: 3,
  leaderNotAvailable: 5,
  notLeader: 6,
  requestTimedOut: 7,
  replicaNotAvailable: 9,
  messageTooLarge: 10,
  networkException: 13,
  coordinatorLoading: 14,
  coordinatorNotAvailable: 15,
  notCoordinator: 16,
  invalidTopic: 17,
  recordListTooLarge: 18,
  notEnoughReplicas: 19,
  notEnoughReplicasAfterAppend: 20,
  topicAuthorizationFailed: 29,
  groupAuthorizationFailed: 30,
  clusterAuthorizationFailed: 31,
  unsupportedVersion: 35,
  topicExists: 36,
  notController: 41,
  outOfOrderSequence: 45,
  duplicateSequence: 46,
  invalidProducerEpoch: 47,
  invalidTransactionState: 48,
  invalidProducerIdMapping: 49,
  concurrentTransactions: 51,
  transactionCoordinatorFenced: 52,
  transactionalIdAuthorizationFailed: 53,
  operationNotAttempted: 55,
  storageError: 56,
  unknownProducerId: 59,
  delegationTokenAuthorizationFailed: 65,
  fencedLeaderEpoch: 74,
  unknownLeaderEpoch: 75,
  offsetNotAvailable: 78,
  throttlingQuotaExceeded: 89,
  producerFenced: 90,
  transactionAbortable: 120,
} as const;

/** Leaders that moved, coordinators that load, replicas that lag: they mend themselves. */
const passing: ReadonlySet<number> = new Set([
  errorCodes.leaderNotAvailable, errorCodes.notLeader, errorCodes.requestTimedOut, errorCodes.replicaNotAvailable, errorCodes.networkException,
  errorCodes.coordinatorLoading, errorCodes.coordinatorNotAvailable, errorCodes.notCoordinator, errorCodes.notEnoughReplicas, errorCodes.notEnoughReplicasAfterAppend,
  errorCodes.notController, errorCodes.concurrentTransactions, errorCodes.storageError, errorCodes.fencedLeaderEpoch, errorCodes.unknownLeaderEpoch,
  errorCodes.offsetNotAvailable, errorCodes.throttlingQuotaExceeded,
]);
const forbidden: ReadonlySet<number> = new Set([
  errorCodes.topicAuthorizationFailed, errorCodes.groupAuthorizationFailed, errorCodes.clusterAuthorizationFailed, errorCodes.transactionalIdAuthorizationFailed, errorCodes.delegationTokenAuthorizationFailed,
]);
const fenced: ReadonlySet<number> = new Set([errorCodes.invalidProducerEpoch, errorCodes.invalidProducerIdMapping, errorCodes.invalidTransactionState, errorCodes.transactionCoordinatorFenced, errorCodes.producerFenced, errorCodes.transactionAbortable]);

/** Whether a topic or a partition is not there: its name may not even be one. */
export function isGone(code: number): boolean {
  return code === errorCodes.unknownTopic || code === errorCodes.invalidTopic;
}

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

/** Of a broker that does not know a partition which metadata say it leads: they tell whether the topic is gone or has moved. */
export function notLeading(place: TopicPartition): ProtocolError {
  return new ProtocolError(errorCodes.notLeader, "NOT_LEADER_OR_FOLLOWER", partitionWords(place));
}
