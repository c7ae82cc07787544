import * as t from "../tokens.ts";
import { fieldBoundary } from "./boundaries.ts";
import { RecoveryRules } from "./recovery-rules.ts";

/** Types as written: names, records, arrays, `?`. */
export abstract class TypeRules extends RecoveryRules {
  readonly type = this.RULE("type", () => {
    this.nested(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.recordType) },
        { ALT: () => this.SUBRULE(this.namedType) },
      ]);
      this.MANY(() => this.SUBRULE(this.typeSuffix));
    });
  });

  readonly namedType = this.RULE("namedType", () => {
    this.CONSUME(t.Name);
    this.OPTION(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.typeNumbers) },
        { ALT: () => this.SUBRULE(this.typeArguments) },
      ]);
    });
  });

  readonly typeNumbers = this.RULE("typeNumbers", () => {
    this.CONSUME(t.LeftParen);
    this.CONSUME(t.Integer);
    this.OPTION(() => {
      this.CONSUME(t.Comma);
      this.CONSUME1(t.Integer);
    });
    this.CONSUME(t.RightParen);
  });

  readonly typeArguments = this.RULE("typeArguments", () => {
    this.CONSUME(t.Less);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.type) });
    this.CONSUME(t.Greater);
  });

  readonly typeSuffix = this.RULE("typeSuffix", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Question) },
      {
        ALT: () => {
          this.CONSUME(t.LeftBracket);
          this.CONSUME(t.RightBracket);
        },
      },
    ]);
  });

  readonly recordType = this.RULE("recordType", () => {
    this.CONSUME(t.LeftBrace);
    this.MANY(() => this.SUBRULE(this.field));
    this.CONSUME(t.RightBrace);
  });

  readonly field = this.RULE("field", () => {
    this.guard(0, this.fieldBody, fieldBoundary);
  });

  readonly fieldBody = this.RULE("fieldBody", () => {
    this.SUBRULE(this.fieldName);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
    this.OPTION(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Comma) }, { ALT: () => this.CONSUME(t.Semicolon) }]);
    });
  });

  readonly fieldName = this.RULE("fieldName", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME(t.Reserved) },
      { ALT: () => this.CONSUME(t.Text) },
    ]);
  });
}
