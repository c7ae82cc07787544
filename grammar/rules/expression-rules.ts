import * as t from "../tokens.ts";
import { TypeRules } from "./type-rules.ts";

const { contextual, reserved } = t;

/** Operators, loosest first: `or`, `and`, `not`, comparison, `+ - ||`, `* / %`, signs, `.` and `[]`. */
export abstract class ExpressionRules extends TypeRules {
  readonly expression = this.RULE("expression", () => {
    this.nested(() => {
      this.AT_LEAST_ONE_SEP({ SEP: reserved.or, DEF: () => this.SUBRULE(this.conjunction) });
    });
  });

  readonly conjunction = this.RULE("conjunction", () => {
    this.AT_LEAST_ONE_SEP({ SEP: reserved.and, DEF: () => this.SUBRULE(this.negation) });
  });

  readonly negation = this.RULE("negation", () => {
    this.MANY(() => this.CONSUME(reserved.not));
    this.SUBRULE(this.comparison);
  });

  readonly comparison = this.RULE("comparison", () => {
    this.SUBRULE(this.additive);
    this.OPTION(() => {
      this.OR([
        {
          ALT: () => {
            this.SUBRULE(this.comparisonOperator);
            this.SUBRULE1(this.additive, { LABEL: "right" });
          },
        },
        { ALT: () => this.SUBRULE(this.isTest) },
        {
          ALT: () => {
            this.OPTION1(() => this.CONSUME(reserved.not));
            this.OR1([
              { ALT: () => this.SUBRULE(this.betweenTest) },
              { ALT: () => this.SUBRULE(this.inList) },
              { ALT: () => this.SUBRULE(this.patternTest) },
            ]);
          },
        },
      ]);
    });
  });

  readonly comparisonOperator = this.RULE("comparisonOperator", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Equal, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.DoubleEqual, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.NotEqual, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.LessGreater, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.Less, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.LessEqual, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.Greater, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(t.GreaterEqual, { LABEL: "operator" }) },
    ]);
  });

  readonly isTest = this.RULE("isTest", () => {
    this.CONSUME(reserved.is);
    this.OPTION(() => this.CONSUME(reserved.not));
    this.OR([
      { ALT: () => this.CONSUME(reserved.null) },
      { ALT: () => this.CONSUME(reserved.true) },
      { ALT: () => this.CONSUME(reserved.false) },
      {
        ALT: () => {
          this.CONSUME(reserved.distinct);
          this.CONSUME(contextual.from);
          this.SUBRULE(this.additive);
        },
      },
    ]);
  });

  readonly betweenTest = this.RULE("betweenTest", () => {
    this.CONSUME(reserved.between);
    this.SUBRULE(this.additive, { LABEL: "low" });
    this.CONSUME(reserved.and);
    this.SUBRULE1(this.additive, { LABEL: "high" });
  });

  readonly inList = this.RULE("inList", () => {
    this.CONSUME(reserved.in);
    this.CONSUME(t.LeftParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.RightParen);
  });

  readonly patternTest = this.RULE("patternTest", () => {
    this.OR([
      { ALT: () => this.CONSUME(reserved.like, { LABEL: "operator" }) },
      { ALT: () => this.CONSUME(reserved.rlike, { LABEL: "operator" }) },
    ]);
    this.SUBRULE(this.additive);
  });

  readonly additive = this.RULE("additive", () => {
    this.SUBRULE(this.multiplicative);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Plus, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Minus, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Concat, { LABEL: "operator" }) },
      ]);
      this.SUBRULE1(this.multiplicative);
    });
  });

  readonly multiplicative = this.RULE("multiplicative", () => {
    this.SUBRULE(this.unary);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Star, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Slash, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Percent, { LABEL: "operator" }) },
      ]);
      this.SUBRULE1(this.unary);
    });
  });

  readonly unary = this.RULE("unary", () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Minus, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Plus, { LABEL: "operator" }) },
      ]);
    });
    this.SUBRULE(this.postfix);
  });

  readonly postfix = this.RULE("postfix", () => {
    this.SUBRULE(this.primary);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.member) },
        { ALT: () => this.SUBRULE(this.index) },
      ]);
    });
  });

  readonly member = this.RULE("member", () => {
    this.CONSUME(t.Dot);
    this.OR([
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME(t.Reserved) },
      { ALT: () => this.CONSUME(t.Star) },
    ]);
  });

  readonly index = this.RULE("index", () => {
    this.CONSUME(t.LeftBracket);
    this.SUBRULE(this.expression);
    this.CONSUME(t.RightBracket);
  });

  readonly primary = this.RULE("primary", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.literal) },
      { ALT: () => this.SUBRULE(this.caseExpression) },
      { ALT: () => this.SUBRULE(this.parenthesised) },
      { ALT: () => this.SUBRULE(this.arrayLiteral) },
      { ALT: () => this.SUBRULE(this.recordLiteral) },
      { ALT: () => this.SUBRULE(this.nameOrCall) },
    ]);
  });

  readonly parenthesised = this.RULE("parenthesised", () => {
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.expression);
    this.CONSUME(t.RightParen);
  });

  readonly arrayLiteral = this.RULE("arrayLiteral", () => {
    this.CONSUME(t.LeftBracket);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.RightBracket);
  });

  readonly recordLiteral = this.RULE("recordLiteral", () => {
    this.CONSUME(t.LeftBrace);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.recordEntry) });
    this.CONSUME(t.RightBrace);
  });

  readonly recordEntry = this.RULE("recordEntry", () => {
    this.SUBRULE(this.fieldName);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.expression);
  });

  readonly caseExpression = this.RULE("caseExpression", () => {
    this.CONSUME(reserved.case);
    this.OPTION(() => this.SUBRULE(this.expression, { LABEL: "subject" }));
    this.AT_LEAST_ONE(() => this.SUBRULE(this.whenClause));
    this.OPTION1(() => {
      this.CONSUME(contextual.else);
      this.SUBRULE1(this.expression, { LABEL: "otherwise" });
    });
    this.CONSUME(contextual.end);
  });

  readonly whenClause = this.RULE("whenClause", () => {
    this.CONSUME(reserved.when);
    this.SUBRULE(this.expression, { LABEL: "when" });
    this.CONSUME(contextual.then);
    this.SUBRULE1(this.expression, { LABEL: "then" });
  });

  readonly literal = this.RULE("literal", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Integer) },
      { ALT: () => this.CONSUME(t.Decimal) },
      { ALT: () => this.CONSUME(t.Text) },
      { ALT: () => this.SUBRULE(this.durationLiteral) },
      { ALT: () => this.CONSUME(reserved.true) },
      { ALT: () => this.CONSUME(reserved.false) },
      { ALT: () => this.CONSUME(reserved.null) },
      {
        ALT: () => {
          this.OR1([{ ALT: () => this.CONSUME(contextual.timestamp) }, { ALT: () => this.CONSUME(contextual.date) }]);
          this.CONSUME1(t.Text, { LABEL: "datetime" });
        },
      },
    ]);
  });

  readonly durationLiteral = this.RULE("durationLiteral", () => {
    this.AT_LEAST_ONE(() => this.CONSUME(t.Duration));
  });

  readonly duration = this.RULE("duration", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.durationLiteral) },
      { ALT: () => this.CONSUME(t.Name) },
    ]);
  });

  readonly nameOrCall = this.RULE("nameOrCall", () => {
    this.CONSUME(t.Name);
    this.OPTION(() => this.SUBRULE(this.arguments));
  });

  readonly call = this.RULE("call", () => {
    this.CONSUME(t.Name);
    this.SUBRULE(this.arguments);
  });

  readonly arguments = this.RULE("arguments", () => {
    this.CONSUME(t.LeftParen);
    this.OPTION(() => {
      this.SUBRULE(this.argument);
      this.MANY(() => {
        this.CONSUME(t.Comma);
        this.SUBRULE1(this.argument);
      });
      this.OPTION1(() => this.CONSUME1(t.Comma));
    });
    this.OPTION2(() => {
      this.CONSUME(reserved.where);
      this.SUBRULE(this.expression);
    });
    this.CONSUME(t.RightParen);
  });

  readonly argument = this.RULE("argument", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Name, { LABEL: "label" });
          this.CONSUME(t.Colon);
          this.SUBRULE(this.expression);
        },
      },
      {
        ALT: () => {
          this.OR1([
            { ALT: () => this.CONSUME(contextual.every, { LABEL: "keyword" }) },
            { ALT: () => this.CONSUME(contextual.gap, { LABEL: "keyword" }) },
            { ALT: () => this.CONSUME(contextual.offset, { LABEL: "keyword" }) },
          ]);
          this.SUBRULE(this.duration);
        },
      },
      { ALT: () => this.CONSUME(t.Star) },
      {
        ALT: () => {
          this.OPTION(() => this.CONSUME(reserved.distinct));
          this.SUBRULE1(this.expression);
          this.OPTION1(() => {
            this.CONSUME(reserved.as);
            this.SUBRULE(this.type);
          });
        },
      },
    ]);
  });
}
