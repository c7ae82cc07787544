import * as t from "../tokens.ts";
import { stepBoundary } from "./boundaries.ts";
import type { Rule } from "./recovery-rules.ts";
import { StatefulStepRules } from "./stateful-step-rules.ts";

const { contextual } = t;

/** Pipelines: a relation, then steps joined by `|>`. */
export abstract class PipelineRules extends StatefulStepRules {
  readonly pipeline = this.RULE("pipeline", () => {
    this.nested(() => {
      this.SUBRULE(this.pipelineHead);
      this.MANY(() => {
        this.CONSUME(t.Pipe);
        this.SUBRULE(this.step);
      });
    });
  });

  readonly pipelineHead = this.RULE("pipelineHead", () => {
    this.guard(0, this.relation, stepBoundary);
  });

  readonly relation: Rule = this.RULE("relation", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Name) },
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          this.SUBRULE(this.pipeline);
          this.CONSUME(t.RightParen);
        },
      },
    ]);
    this.OPTION(() => this.SUBRULE(this.alias));
  });

  readonly step = this.RULE("step", () => {
    this.guard(0, this.namedStep, stepBoundary);
  });

  readonly namedStep = this.RULE("namedStep", () => {
    this.SUBRULE(this.stepBody);
    this.OPTION(() => {
      this.CONSUME(contextual.named);
      this.CONSUME(t.Name);
    });
  });

  readonly stepBody = this.RULE("stepBody", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.whereStep) },
      { ALT: () => this.SUBRULE(this.selectStep) },
      { ALT: () => this.SUBRULE(this.extendStep) },
      { ALT: () => this.SUBRULE(this.setStep) },
      { ALT: () => this.SUBRULE(this.dropStep) },
      { ALT: () => this.SUBRULE(this.renameStep) },
      { ALT: () => this.SUBRULE(this.asStep) },
      { ALT: () => this.SUBRULE(this.watermarkStep) },
      { ALT: () => this.SUBRULE(this.aggregateStep) },
      { ALT: () => this.SUBRULE(this.joinStep) },
      { ALT: () => this.SUBRULE(this.unionStep) },
      { ALT: () => this.SUBRULE(this.distinctStep) },
      { ALT: () => this.SUBRULE(this.dedupStep) },
      { ALT: () => this.SUBRULE(this.topStep) },
      { ALT: () => this.SUBRULE(this.orderStep) },
      { ALT: () => this.SUBRULE(this.limitStep) },
      { ALT: () => this.SUBRULE(this.explodeStep) },
      { ALT: () => this.SUBRULE(this.unpivotStep) },
      { ALT: () => this.SUBRULE(this.parseStep) },
      { ALT: () => this.SUBRULE(this.mapStep) },
      { ALT: () => this.SUBRULE(this.functionStep) },
      { ALT: () => this.SUBRULE(this.stateStep) },
    ]);
  });
}
