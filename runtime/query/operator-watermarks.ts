import type { KeptOperator } from "../operators/stateful.ts";

/**
 * The watermarks of a query's operators along its plan, in milliseconds (Spark: PropagateWatermarkSimulator; semantics P1, P2): what comes into an
 * operator has the query's, or the least that the joins of two streams below it give on.
 */
export class OperatorWatermarks {
  readonly #operators = new Map<string, { readonly operator: KeptOperator; readonly above: readonly string[] }>();

  /** `above`: the next joins below the operator. */
  add(operator: KeptOperator, above: readonly string[]): void {
    this.#operators.set(operator.descriptor.operatorId, { operator, above });
  }

  /** An operator's watermark where the query's is `watermark`. It is never below 0, unless nothing is late at all. */
  of(operatorId: string, watermark: number): number {
    const { above = [] } = this.#operators.get(operatorId) ?? {};
    const below = above.map((join) => {
      const input = this.of(join, watermark);
      return this.#operators.get(join)?.operator.outputWatermark?.(input) ?? input;
    });
    const least = Math.min(watermark, ...below);
    return watermark === -Infinity ? watermark : Math.max(0, least);
  }
}
