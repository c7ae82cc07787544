import type { Host } from "../../host/host.ts";

/** Milliseconds between two askings, and for how many of them brokers may say what is soon not so any more. */
export const askingInterval = 1000;
export const passingTime = 15_000;

/** What keeps an asking going, and what ends it. */
export interface Asking {
  readonly host: Host;
  readonly signal: AbortSignal;
}

/**
 * The first answer that will do, or the last one. Brokers may for a moment not know a topic, or tell an end that is behind (KAFKA-7703): what
 * is given up because of one answer is lost for nothing.
 */
export async function askAgain<Answer>(ask: () => Promise<Answer>, willDo: (answer: Answer) => boolean, { host, signal }: Asking, milliseconds: number = passingTime): Promise<Answer> {
  for (let passed = 0; ; passed += askingInterval) {
    const answer = await ask();
    if (willDo(answer) || passed >= milliseconds || signal.aborted) return answer;
    await host.timers.sleep(askingInterval, signal);
  }
}
