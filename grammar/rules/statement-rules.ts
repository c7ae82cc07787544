import * as t from "../tokens.ts";
import { bodyBoundary, clauseBoundary, statementBoundary } from "./boundaries.ts";
import { PipelineRules } from "./pipeline-rules.ts";

const { contextual, sinkClause, statementStart } = t;

/** Statements, and the program that they make up. */
export abstract class StatementRules extends PipelineRules {
  readonly program = this.RULE("program", () => {
    this.skipUnless(statementBoundary);
    this.MANY(() => this.SUBRULE(this.guardedStatement));
  });

  readonly guardedStatement = this.RULE("guardedStatement", () => {
    this.guard(0, this.statement, statementBoundary);
  });

  readonly statement = this.RULE("statement", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.importStatement) },
      { ALT: () => this.SUBRULE(this.optionStatement) },
      { ALT: () => this.SUBRULE(this.paramStatement) },
      { ALT: () => this.SUBRULE(this.schemaStatement) },
      { ALT: () => this.SUBRULE(this.inputStatement) },
      { ALT: () => this.SUBRULE(this.windowStatement) },
      { ALT: () => this.SUBRULE(this.streamStatement) },
      { ALT: () => this.SUBRULE(this.sinkStatement) },
    ]);
  });

  readonly importStatement = this.RULE("importStatement", () => {
    this.CONSUME(statementStart.import);
    this.CONSUME(t.LeftBrace);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.importedName) });
    this.CONSUME(t.RightBrace);
    this.CONSUME(contextual.from);
    this.CONSUME(t.Text);
  });

  readonly importedName = this.RULE("importedName", () => {
    this.CONSUME(t.Name);
    this.OPTION(() => this.SUBRULE(this.alias));
  });

  readonly optionStatement = this.RULE("optionStatement", () => {
    this.CONSUME(statementStart.option);
    this.CONSUME(t.Name);
    this.CONSUME(t.Equal);
    this.SUBRULE(this.literal);
  });

  readonly paramStatement = this.RULE("paramStatement", () => {
    this.CONSUME(statementStart.param);
    this.CONSUME(t.Name);
    this.guard(0, this.paramBody, bodyBoundary);
  });

  readonly paramBody = this.RULE("paramBody", () => {
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
    this.OPTION(() => {
      this.CONSUME(t.Equal);
      this.SUBRULE(this.expression);
    });
  });

  readonly schemaStatement = this.RULE("schemaStatement", () => {
    this.CONSUME(statementStart.schema);
    this.CONSUME(t.Name);
    this.guard(0, this.schemaBody, bodyBoundary);
  });

  readonly schemaBody = this.RULE("schemaBody", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.recordType) },
      {
        ALT: () => {
          this.CONSUME(contextual.from);
          this.SUBRULE(this.call);
        },
      },
    ]);
  });

  readonly inputStatement = this.RULE("inputStatement", () => {
    this.OR([
      { ALT: () => this.CONSUME(statementStart.source) },
      { ALT: () => this.CONSUME(statementStart.table) },
    ]);
    this.CONSUME(t.Name);
    this.guard(0, this.inputBody, bodyBoundary);
  });

  readonly inputBody = this.RULE("inputBody", () => {
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.SUBRULE(this.type);
    });
    this.CONSUME(contextual.from);
    this.SUBRULE(this.call);
  });

  readonly windowStatement = this.RULE("windowStatement", () => {
    this.CONSUME(statementStart.window);
    this.CONSUME(t.Name);
    this.guard(0, this.windowBody, bodyBoundary);
  });

  readonly windowBody = this.RULE("windowBody", () => {
    this.CONSUME(t.Equal);
    this.SUBRULE(this.call);
  });

  readonly streamStatement = this.RULE("streamStatement", () => {
    this.CONSUME(statementStart.stream);
    this.CONSUME(t.Name);
    this.guard(0, this.streamBody, bodyBoundary);
  });

  readonly streamBody = this.RULE("streamBody", () => {
    this.CONSUME(t.Equal);
    this.SUBRULE(this.pipeline);
  });

  readonly sinkStatement = this.RULE("sinkStatement", () => {
    this.CONSUME(statementStart.sink);
    this.CONSUME(t.Name);
    this.OPTION(() => {
      this.CONSUME(t.Equal);
      this.SUBRULE(this.pipeline);
    });
    this.guard(0, this.sinkTarget, clauseBoundary);
    this.MANY(() => this.guard(1, this.sinkClause, clauseBoundary));
  });

  readonly sinkTarget = this.RULE("sinkTarget", () => {
    this.CONSUME(sinkClause.into);
    this.SUBRULE(this.call);
  });

  readonly sinkClause = this.RULE("sinkClause", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.modeClause) },
      { ALT: () => this.SUBRULE(this.triggerClause) },
      { ALT: () => this.SUBRULE(this.checkpointClause) },
    ]);
  });

  readonly modeClause = this.RULE("modeClause", () => {
    this.CONSUME(sinkClause.mode);
    this.CONSUME(t.Name);
  });

  readonly triggerClause = this.RULE("triggerClause", () => {
    this.CONSUME(sinkClause.trigger);
    this.SUBRULE(this.trigger);
  });

  readonly trigger = this.RULE("trigger", () => {
    this.OR([
      { ALT: () => this.CONSUME(contextual.asap) },
      {
        ALT: () => {
          this.CONSUME(contextual.every);
          this.SUBRULE(this.duration);
        },
      },
      { ALT: () => this.CONSUME(contextual.once) },
      {
        ALT: () => {
          this.CONSUME(contextual.available);
          this.CONSUME(contextual.now);
        },
      },
      {
        ALT: () => {
          this.CONSUME(contextual.continuous);
          this.OPTION(() => this.SUBRULE(this.durationLiteral));
        },
      },
    ]);
  });

  readonly checkpointClause = this.RULE("checkpointClause", () => {
    this.CONSUME(sinkClause.checkpoint);
    this.OR([{ ALT: () => this.CONSUME(t.Text) }, { ALT: () => this.CONSUME(t.Name) }]);
  });
}
