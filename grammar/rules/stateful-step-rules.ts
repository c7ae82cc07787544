import * as t from "../tokens.ts";
import type { Rule } from "./recovery-rules.ts";
import { RowStepRules } from "./row-step-rules.ts";

const { contextual, reserved } = t;

/** Steps that remember rows, and what they are built of: routes, keys, order. */
export abstract class StatefulStepRules extends RowStepRules {
  abstract readonly relation: Rule;

  readonly watermarkStep = this.RULE("watermarkStep", () => {
    this.CONSUME(contextual.watermark);
    this.SUBRULE(this.path);
    this.CONSUME(contextual.delay);
    this.SUBRULE(this.duration);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.lateClause) },
        { ALT: () => this.SUBRULE(this.futureClause) },
        { ALT: () => this.SUBRULE(this.idleClause) },
      ]);
    });
  });

  readonly path = this.RULE("path", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Dot, DEF: () => this.CONSUME(t.Name) });
  });

  readonly lateClause = this.RULE("lateClause", () => {
    this.CONSUME(contextual.late);
    this.SUBRULE(this.route);
  });

  readonly futureClause = this.RULE("futureClause", () => {
    this.CONSUME(contextual.future);
    this.CONSUME(contextual.after);
    this.SUBRULE(this.duration);
    this.SUBRULE(this.route);
  });

  readonly idleClause = this.RULE("idleClause", () => {
    this.CONSUME(contextual.idle);
    this.CONSUME(contextual.after);
    this.SUBRULE(this.duration);
  });

  readonly route = this.RULE("route", () => {
    this.OR([
      { ALT: () => this.CONSUME(contextual.drop) },
      {
        ALT: () => {
          this.CONSUME(contextual.into);
          this.CONSUME(t.Name);
        },
      },
    ]);
  });

  readonly aggregateStep = this.RULE("aggregateStep", () => {
    this.CONSUME(contextual.aggregate);
    this.OR([
      { ALT: () => this.SUBRULE(this.groupBy) },
      {
        ALT: () => {
          this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.namedExpression) });
          this.OPTION(() => this.SUBRULE1(this.groupBy));
        },
      },
    ]);
    this.OPTION1(() => {
      this.CONSUME(contextual.per);
      this.CONSUME(contextual.batch);
    });
  });

  readonly groupBy = this.RULE("groupBy", () => {
    this.CONSUME(contextual.group);
    this.CONSUME(contextual.by);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.groupKey) });
  });

  readonly groupKey = this.RULE("groupKey", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.groupingSets) },
      {
        ALT: () => {
          this.SUBRULE(this.expression);
          this.OPTION(() => this.SUBRULE(this.alias));
        },
      },
    ]);
  });

  readonly groupingSets = this.RULE("groupingSets", () => {
    this.CONSUME(contextual.grouping);
    this.CONSUME(contextual.sets);
    this.CONSUME(t.LeftParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.keySet) });
    this.CONSUME(t.RightParen);
  });

  readonly keySet = this.RULE("keySet", () => {
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.RightParen);
  });

  readonly joinStep = this.RULE("joinStep", () => {
    this.CONSUME(contextual.join);
    this.SUBRULE(this.joinRight);
    this.OPTION(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(reserved.on);
            this.SUBRULE(this.expression);
          },
        },
        { ALT: () => this.SUBRULE(this.usingColumns) },
      ]);
    });
    this.OPTION1(() => this.CONSUME(contextual.unbounded));
  });

  /**
   * Kind, `latest` and relation, the longer reading first: a kind is a name too, and chevrotain would not see the
   * conflict between an optional kind and the name behind it.
   */
  readonly joinRight = this.RULE("joinRight", () => {
    this.OR({
      MAX_LOOKAHEAD: 3,
      DEF: [
        {
          ALT: () => {
            this.SUBRULE(this.joinKind);
            this.CONSUME(contextual.latest);
            this.SUBRULE(this.relation);
          },
        },
        {
          ALT: () => {
            this.SUBRULE1(this.joinKind);
            this.SUBRULE1(this.relation);
          },
        },
        {
          ALT: () => {
            this.CONSUME1(contextual.latest);
            this.SUBRULE2(this.relation);
          },
        },
        { ALT: () => this.SUBRULE3(this.relation) },
      ],
    });
  });

  readonly joinKind = this.RULE("joinKind", () => {
    this.OR([
      { ALT: () => this.CONSUME(contextual.inner, { LABEL: "kind" }) },
      { ALT: () => this.CONSUME(contextual.left, { LABEL: "kind" }) },
      { ALT: () => this.CONSUME(contextual.right, { LABEL: "kind" }) },
      { ALT: () => this.CONSUME(contextual.full, { LABEL: "kind" }) },
      { ALT: () => this.CONSUME(contextual.semi, { LABEL: "kind" }) },
      { ALT: () => this.CONSUME(contextual.anti, { LABEL: "kind" }) },
      { ALT: () => this.CONSUME(contextual.cross, { LABEL: "kind" }) },
    ]);
  });

  readonly usingColumns = this.RULE("usingColumns", () => {
    this.CONSUME(reserved.using);
    this.CONSUME(t.LeftParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME(t.Name) });
    this.CONSUME(t.RightParen);
  });

  readonly unionStep = this.RULE("unionStep", () => {
    this.CONSUME(contextual.union);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.relation) });
  });

  readonly dedupStep = this.RULE("dedupStep", () => {
    this.CONSUME(contextual.dedup);
    this.OPTION(() => {
      this.CONSUME(contextual.by);
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    });
    this.OPTION1(() => this.SUBRULE(this.within));
  });

  /** `watermark` is the keyword here, never the name of something that holds a duration. */
  readonly within = this.RULE("within", () => {
    this.CONSUME(contextual.within);
    this.OR([
      { ALT: () => this.CONSUME(contextual.watermark), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.duration) },
    ]);
  });

  readonly topStep = this.RULE("topStep", () => {
    this.CONSUME(contextual.top);
    this.SUBRULE(this.count);
    this.OPTION(() => {
      this.CONSUME(contextual.with);
      this.CONSUME(contextual.ties);
    });
    this.OPTION1(() => this.SUBRULE(this.alias));
    this.SUBRULE(this.sortKeys);
    this.OPTION2(() => {
      this.CONSUME(contextual.per);
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    });
  });

  readonly orderStep = this.RULE("orderStep", () => {
    this.CONSUME(contextual.order);
    this.SUBRULE(this.sortKeys);
  });

  readonly sortKeys = this.RULE("sortKeys", () => {
    this.CONSUME(contextual.by);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.sortKey) });
  });

  readonly sortKey = this.RULE("sortKey", () => {
    this.SUBRULE(this.expression);
    this.OPTION(() => {
      this.OR([{ ALT: () => this.CONSUME(contextual.asc) }, { ALT: () => this.CONSUME(contextual.desc) }]);
    });
    this.OPTION1(() => this.SUBRULE(this.nulls));
  });

  readonly nulls = this.RULE("nulls", () => {
    this.CONSUME(contextual.nulls);
    this.OR([{ ALT: () => this.CONSUME(contextual.first) }, { ALT: () => this.CONSUME(contextual.last) }]);
  });

  readonly limitStep = this.RULE("limitStep", () => {
    this.CONSUME(contextual.limit);
    this.SUBRULE(this.count);
  });

  readonly count = this.RULE("count", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Integer) }, { ALT: () => this.CONSUME(t.Name) }]);
  });

  readonly stateStep = this.RULE("stateStep", () => {
    this.CONSUME(contextual.state);
    this.CONSUME(t.Name, { LABEL: "function" });
    this.CONSUME(contextual.by);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.OPTION(() => {
      this.CONSUME(contextual.initial);
      this.CONSUME1(t.Name, { LABEL: "initialTable" });
    });
    this.OPTION1(() => this.SUBRULE(this.timeoutClause));
  });

  readonly timeoutClause = this.RULE("timeoutClause", () => {
    this.CONSUME(contextual.timeout);
    this.SUBRULE(this.duration);
    this.OPTION(() => {
      this.CONSUME(contextual.processing);
      this.CONSUME(contextual.time);
    });
  });
}
