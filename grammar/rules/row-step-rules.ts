import * as t from "../tokens.ts";
import { ExpressionRules } from "./expression-rules.ts";

const { contextual, reserved } = t;

/** Steps that look at one row at a time. */
export abstract class RowStepRules extends ExpressionRules {
  readonly whereStep = this.RULE("whereStep", () => {
    this.CONSUME(reserved.where);
    this.SUBRULE(this.expression);
  });

  readonly selectStep = this.RULE("selectStep", () => {
    this.CONSUME(contextual.select);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.selectItem) });
  });

  readonly selectItem = this.RULE("selectItem", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Star) },
      {
        ALT: () => {
          this.SUBRULE(this.expression);
          this.OPTION(() => this.SUBRULE(this.alias));
        },
      },
    ]);
  });

  readonly alias = this.RULE("alias", () => {
    this.CONSUME(reserved.as);
    this.CONSUME(t.Name);
  });

  readonly namedExpression = this.RULE("namedExpression", () => {
    this.SUBRULE(this.expression);
    this.CONSUME(reserved.as);
    this.CONSUME(t.Name);
  });

  readonly extendStep = this.RULE("extendStep", () => {
    this.CONSUME(contextual.extend);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.namedExpression) });
  });

  readonly setStep = this.RULE("setStep", () => {
    this.CONSUME(contextual.set);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.assignment) });
  });

  readonly assignment = this.RULE("assignment", () => {
    this.CONSUME(t.Name);
    this.CONSUME(t.Equal);
    this.SUBRULE(this.expression);
  });

  readonly dropStep = this.RULE("dropStep", () => {
    this.CONSUME(contextual.drop);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME(t.Name) });
  });

  readonly renameStep = this.RULE("renameStep", () => {
    this.CONSUME(contextual.rename);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.renaming) });
  });

  readonly renaming = this.RULE("renaming", () => {
    this.CONSUME(t.Name, { LABEL: "from" });
    this.CONSUME(reserved.as);
    this.CONSUME1(t.Name, { LABEL: "to" });
  });

  readonly asStep = this.RULE("asStep", () => {
    this.CONSUME(reserved.as);
    this.CONSUME(t.Name);
  });

  readonly distinctStep = this.RULE("distinctStep", () => {
    this.CONSUME(reserved.distinct);
  });

  readonly explodeStep = this.RULE("explodeStep", () => {
    this.OR([
      { ALT: () => this.CONSUME(contextual.explode) },
      { ALT: () => this.CONSUME(contextual.explode_outer) },
    ]);
    this.SUBRULE(this.expression);
    this.CONSUME(reserved.as);
    this.CONSUME(t.Name);
    this.OPTION(() => {
      this.CONSUME(t.Comma);
      this.CONSUME1(t.Name);
    });
  });

  readonly unpivotStep = this.RULE("unpivotStep", () => {
    this.CONSUME(contextual.unpivot);
    this.CONSUME(t.LeftParen);
    this.CONSUME(t.Name, { LABEL: "value" });
    this.CONSUME(contextual.for);
    this.CONSUME1(t.Name, { LABEL: "key" });
    this.CONSUME(reserved.in);
    this.CONSUME1(t.LeftParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.unpivotColumn) });
    this.CONSUME1(t.RightParen);
    this.CONSUME2(t.RightParen);
  });

  readonly unpivotColumn = this.RULE("unpivotColumn", () => {
    this.CONSUME(t.Name);
    this.OPTION(() => {
      this.CONSUME(reserved.as);
      this.SUBRULE(this.literal);
    });
  });

  readonly parseStep = this.RULE("parseStep", () => {
    this.CONSUME(contextual.parse);
    this.SUBRULE(this.call);
    this.CONSUME(reserved.as);
    this.SUBRULE(this.type);
  });

  /** `async` is the keyword whenever a name follows it. */
  readonly mapStep = this.RULE("mapStep", () => {
    this.CONSUME(contextual.map);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(contextual.async);
          this.CONSUME(t.Name);
        },
      },
      { ALT: () => this.CONSUME1(t.Name) },
    ]);
  });

  readonly functionStep = this.RULE("functionStep", () => {
    this.OR([
      { ALT: () => this.CONSUME(contextual.filter) },
      { ALT: () => this.CONSUME(contextual.flatMap) },
      { ALT: () => this.CONSUME(contextual.transform) },
    ]);
    this.CONSUME(t.Name);
  });
}
