// Written by grammar/generate.ts from the rules.
import type { CstNode, IToken } from "chevrotain";

export interface TypeCstNode extends CstNode {
  name: "type";
  children: TypeCstChildren;
}

export type TypeCstChildren = {
  recordType?: RecordTypeCstNode[];
  namedType?: NamedTypeCstNode[];
  typeSuffix?: TypeSuffixCstNode[];
};

export interface NamedTypeCstNode extends CstNode {
  name: "namedType";
  children: NamedTypeCstChildren;
}

export type NamedTypeCstChildren = {
  Name: IToken[];
  typeNumbers?: TypeNumbersCstNode[];
  typeArguments?: TypeArgumentsCstNode[];
};

export interface TypeNumbersCstNode extends CstNode {
  name: "typeNumbers";
  children: TypeNumbersCstChildren;
}

export type TypeNumbersCstChildren = {
  LeftParen: IToken[];
  Integer: (IToken)[];
  Comma?: IToken[];
  RightParen: IToken[];
};

export interface TypeArgumentsCstNode extends CstNode {
  name: "typeArguments";
  children: TypeArgumentsCstChildren;
}

export type TypeArgumentsCstChildren = {
  Less: IToken[];
  type: TypeCstNode[];
  Comma?: IToken[];
  Greater: IToken[];
};

export interface TypeSuffixCstNode extends CstNode {
  name: "typeSuffix";
  children: TypeSuffixCstChildren;
}

export type TypeSuffixCstChildren = {
  Question?: IToken[];
  LeftBracket?: IToken[];
  RightBracket?: IToken[];
};

export interface RecordTypeCstNode extends CstNode {
  name: "recordType";
  children: RecordTypeCstChildren;
}

export type RecordTypeCstChildren = {
  LeftBrace: IToken[];
  field?: FieldCstNode[];
  RightBrace: IToken[];
};

export interface FieldCstNode extends CstNode {
  name: "field";
  children: FieldCstChildren;
}

export type FieldCstChildren = {
  fieldBody: FieldBodyCstNode[];
};

export interface FieldBodyCstNode extends CstNode {
  name: "fieldBody";
  children: FieldBodyCstChildren;
}

export type FieldBodyCstChildren = {
  fieldName: FieldNameCstNode[];
  Colon: IToken[];
  type: TypeCstNode[];
  Comma?: IToken[];
  Semicolon?: IToken[];
};

export interface FieldNameCstNode extends CstNode {
  name: "fieldName";
  children: FieldNameCstChildren;
}

export type FieldNameCstChildren = {
  Name?: IToken[];
  Reserved?: IToken[];
  Text?: IToken[];
};

export interface ExpressionCstNode extends CstNode {
  name: "expression";
  children: ExpressionCstChildren;
}

export type ExpressionCstChildren = {
  conjunction: ConjunctionCstNode[];
  Or?: IToken[];
};

export interface ConjunctionCstNode extends CstNode {
  name: "conjunction";
  children: ConjunctionCstChildren;
}

export type ConjunctionCstChildren = {
  negation: NegationCstNode[];
  And?: IToken[];
};

export interface NegationCstNode extends CstNode {
  name: "negation";
  children: NegationCstChildren;
}

export type NegationCstChildren = {
  Not?: IToken[];
  comparison: ComparisonCstNode[];
};

export interface ComparisonCstNode extends CstNode {
  name: "comparison";
  children: ComparisonCstChildren;
}

export type ComparisonCstChildren = {
  additive: AdditiveCstNode[];
  comparisonOperator?: ComparisonOperatorCstNode[];
  right?: AdditiveCstNode[];
  isTest?: IsTestCstNode[];
  Not?: IToken[];
  betweenTest?: BetweenTestCstNode[];
  inList?: InListCstNode[];
  patternTest?: PatternTestCstNode[];
};

export interface ComparisonOperatorCstNode extends CstNode {
  name: "comparisonOperator";
  children: ComparisonOperatorCstChildren;
}

export type ComparisonOperatorCstChildren = {
  operator?: (IToken)[];
};

export interface IsTestCstNode extends CstNode {
  name: "isTest";
  children: IsTestCstChildren;
}

export type IsTestCstChildren = {
  Is: IToken[];
  Not?: IToken[];
  Null?: IToken[];
  True?: IToken[];
  False?: IToken[];
  Distinct?: IToken[];
  From?: IToken[];
  additive?: AdditiveCstNode[];
};

export interface BetweenTestCstNode extends CstNode {
  name: "betweenTest";
  children: BetweenTestCstChildren;
}

export type BetweenTestCstChildren = {
  Between: IToken[];
  low: AdditiveCstNode[];
  And: IToken[];
  high: AdditiveCstNode[];
};

export interface InListCstNode extends CstNode {
  name: "inList";
  children: InListCstChildren;
}

export type InListCstChildren = {
  In: IToken[];
  LeftParen: IToken[];
  expression: ExpressionCstNode[];
  Comma?: IToken[];
  RightParen: IToken[];
};

export interface PatternTestCstNode extends CstNode {
  name: "patternTest";
  children: PatternTestCstChildren;
}

export type PatternTestCstChildren = {
  operator?: (IToken)[];
  additive: AdditiveCstNode[];
};

export interface AdditiveCstNode extends CstNode {
  name: "additive";
  children: AdditiveCstChildren;
}

export type AdditiveCstChildren = {
  multiplicative: (MultiplicativeCstNode)[];
  operator?: (IToken)[];
};

export interface MultiplicativeCstNode extends CstNode {
  name: "multiplicative";
  children: MultiplicativeCstChildren;
}

export type MultiplicativeCstChildren = {
  unary: (UnaryCstNode)[];
  operator?: (IToken)[];
};

export interface UnaryCstNode extends CstNode {
  name: "unary";
  children: UnaryCstChildren;
}

export type UnaryCstChildren = {
  operator?: (IToken)[];
  postfix: PostfixCstNode[];
};

export interface PostfixCstNode extends CstNode {
  name: "postfix";
  children: PostfixCstChildren;
}

export type PostfixCstChildren = {
  primary: PrimaryCstNode[];
  member?: MemberCstNode[];
  index?: IndexCstNode[];
};

export interface MemberCstNode extends CstNode {
  name: "member";
  children: MemberCstChildren;
}

export type MemberCstChildren = {
  Dot: IToken[];
  Name?: IToken[];
  Reserved?: IToken[];
  Star?: IToken[];
};

export interface IndexCstNode extends CstNode {
  name: "index";
  children: IndexCstChildren;
}

export type IndexCstChildren = {
  LeftBracket: IToken[];
  expression: ExpressionCstNode[];
  RightBracket: IToken[];
};

export interface PrimaryCstNode extends CstNode {
  name: "primary";
  children: PrimaryCstChildren;
}

export type PrimaryCstChildren = {
  literal?: LiteralCstNode[];
  caseExpression?: CaseExpressionCstNode[];
  parenthesised?: ParenthesisedCstNode[];
  arrayLiteral?: ArrayLiteralCstNode[];
  recordLiteral?: RecordLiteralCstNode[];
  nameOrCall?: NameOrCallCstNode[];
};

export interface ParenthesisedCstNode extends CstNode {
  name: "parenthesised";
  children: ParenthesisedCstChildren;
}

export type ParenthesisedCstChildren = {
  LeftParen: IToken[];
  expression: ExpressionCstNode[];
  RightParen: IToken[];
};

export interface ArrayLiteralCstNode extends CstNode {
  name: "arrayLiteral";
  children: ArrayLiteralCstChildren;
}

export type ArrayLiteralCstChildren = {
  LeftBracket: IToken[];
  expression?: ExpressionCstNode[];
  Comma?: IToken[];
  RightBracket: IToken[];
};

export interface RecordLiteralCstNode extends CstNode {
  name: "recordLiteral";
  children: RecordLiteralCstChildren;
}

export type RecordLiteralCstChildren = {
  LeftBrace: IToken[];
  recordEntry?: RecordEntryCstNode[];
  Comma?: IToken[];
  RightBrace: IToken[];
};

export interface RecordEntryCstNode extends CstNode {
  name: "recordEntry";
  children: RecordEntryCstChildren;
}

export type RecordEntryCstChildren = {
  fieldName: FieldNameCstNode[];
  Colon: IToken[];
  expression: ExpressionCstNode[];
};

export interface CaseExpressionCstNode extends CstNode {
  name: "caseExpression";
  children: CaseExpressionCstChildren;
}

export type CaseExpressionCstChildren = {
  Case: IToken[];
  subject?: ExpressionCstNode[];
  whenClause: WhenClauseCstNode[];
  Else?: IToken[];
  otherwise?: ExpressionCstNode[];
  End: IToken[];
};

export interface WhenClauseCstNode extends CstNode {
  name: "whenClause";
  children: WhenClauseCstChildren;
}

export type WhenClauseCstChildren = {
  When: IToken[];
  when: ExpressionCstNode[];
  Then: IToken[];
  then: ExpressionCstNode[];
};

export interface LiteralCstNode extends CstNode {
  name: "literal";
  children: LiteralCstChildren;
}

export type LiteralCstChildren = {
  Integer?: IToken[];
  Decimal?: IToken[];
  Text?: IToken[];
  durationLiteral?: DurationLiteralCstNode[];
  True?: IToken[];
  False?: IToken[];
  Null?: IToken[];
  Timestamp?: IToken[];
  Date?: IToken[];
  datetime?: IToken[];
};

export interface DurationLiteralCstNode extends CstNode {
  name: "durationLiteral";
  children: DurationLiteralCstChildren;
}

export type DurationLiteralCstChildren = {
  Duration: IToken[];
};

export interface DurationCstNode extends CstNode {
  name: "duration";
  children: DurationCstChildren;
}

export type DurationCstChildren = {
  durationLiteral?: DurationLiteralCstNode[];
  Name?: IToken[];
};

export interface NameOrCallCstNode extends CstNode {
  name: "nameOrCall";
  children: NameOrCallCstChildren;
}

export type NameOrCallCstChildren = {
  Name: IToken[];
  arguments?: ArgumentsCstNode[];
};

export interface CallCstNode extends CstNode {
  name: "call";
  children: CallCstChildren;
}

export type CallCstChildren = {
  Name: IToken[];
  arguments: ArgumentsCstNode[];
};

export interface ArgumentsCstNode extends CstNode {
  name: "arguments";
  children: ArgumentsCstChildren;
}

export type ArgumentsCstChildren = {
  LeftParen: IToken[];
  argument?: (ArgumentCstNode)[];
  Comma?: (IToken)[];
  Where?: IToken[];
  expression?: ExpressionCstNode[];
  RightParen: IToken[];
};

export interface ArgumentCstNode extends CstNode {
  name: "argument";
  children: ArgumentCstChildren;
}

export type ArgumentCstChildren = {
  label?: IToken[];
  Colon?: IToken[];
  expression?: (ExpressionCstNode)[];
  keyword?: (IToken)[];
  duration?: DurationCstNode[];
  Star?: IToken[];
  Distinct?: IToken[];
  As?: IToken[];
  type?: TypeCstNode[];
};

export interface WhereStepCstNode extends CstNode {
  name: "whereStep";
  children: WhereStepCstChildren;
}

export type WhereStepCstChildren = {
  Where: IToken[];
  expression: ExpressionCstNode[];
};

export interface SelectStepCstNode extends CstNode {
  name: "selectStep";
  children: SelectStepCstChildren;
}

export type SelectStepCstChildren = {
  Select: IToken[];
  selectItem: SelectItemCstNode[];
  Comma?: IToken[];
};

export interface SelectItemCstNode extends CstNode {
  name: "selectItem";
  children: SelectItemCstChildren;
}

export type SelectItemCstChildren = {
  Star?: IToken[];
  expression?: ExpressionCstNode[];
  alias?: AliasCstNode[];
};

export interface AliasCstNode extends CstNode {
  name: "alias";
  children: AliasCstChildren;
}

export type AliasCstChildren = {
  As: IToken[];
  Name: IToken[];
};

export interface NamedExpressionCstNode extends CstNode {
  name: "namedExpression";
  children: NamedExpressionCstChildren;
}

export type NamedExpressionCstChildren = {
  expression: ExpressionCstNode[];
  As: IToken[];
  Name: IToken[];
};

export interface ExtendStepCstNode extends CstNode {
  name: "extendStep";
  children: ExtendStepCstChildren;
}

export type ExtendStepCstChildren = {
  Extend: IToken[];
  namedExpression: NamedExpressionCstNode[];
  Comma?: IToken[];
};

export interface SetStepCstNode extends CstNode {
  name: "setStep";
  children: SetStepCstChildren;
}

export type SetStepCstChildren = {
  Set: IToken[];
  assignment: AssignmentCstNode[];
  Comma?: IToken[];
};

export interface AssignmentCstNode extends CstNode {
  name: "assignment";
  children: AssignmentCstChildren;
}

export type AssignmentCstChildren = {
  Name: IToken[];
  Equal: IToken[];
  expression: ExpressionCstNode[];
};

export interface DropStepCstNode extends CstNode {
  name: "dropStep";
  children: DropStepCstChildren;
}

export type DropStepCstChildren = {
  Drop: IToken[];
  Name: IToken[];
  Comma?: IToken[];
};

export interface RenameStepCstNode extends CstNode {
  name: "renameStep";
  children: RenameStepCstChildren;
}

export type RenameStepCstChildren = {
  Rename: IToken[];
  renaming: RenamingCstNode[];
  Comma?: IToken[];
};

export interface RenamingCstNode extends CstNode {
  name: "renaming";
  children: RenamingCstChildren;
}

export type RenamingCstChildren = {
  from: IToken[];
  As: IToken[];
  to: IToken[];
};

export interface AsStepCstNode extends CstNode {
  name: "asStep";
  children: AsStepCstChildren;
}

export type AsStepCstChildren = {
  As: IToken[];
  Name: IToken[];
};

export interface DistinctStepCstNode extends CstNode {
  name: "distinctStep";
  children: DistinctStepCstChildren;
}

export type DistinctStepCstChildren = {
  Distinct: IToken[];
};

export interface ExplodeStepCstNode extends CstNode {
  name: "explodeStep";
  children: ExplodeStepCstChildren;
}

export type ExplodeStepCstChildren = {
  Explode?: IToken[];
  ExplodeOuter?: IToken[];
  expression: ExpressionCstNode[];
  As: IToken[];
  Name: (IToken)[];
  Comma?: IToken[];
};

export interface UnpivotStepCstNode extends CstNode {
  name: "unpivotStep";
  children: UnpivotStepCstChildren;
}

export type UnpivotStepCstChildren = {
  Unpivot: IToken[];
  LeftParen: (IToken)[];
  value: IToken[];
  For: IToken[];
  key: IToken[];
  In: IToken[];
  unpivotColumn: UnpivotColumnCstNode[];
  Comma?: IToken[];
  RightParen: (IToken)[];
};

export interface UnpivotColumnCstNode extends CstNode {
  name: "unpivotColumn";
  children: UnpivotColumnCstChildren;
}

export type UnpivotColumnCstChildren = {
  Name: IToken[];
  As?: IToken[];
  literal?: LiteralCstNode[];
};

export interface ParseStepCstNode extends CstNode {
  name: "parseStep";
  children: ParseStepCstChildren;
}

export type ParseStepCstChildren = {
  Parse: IToken[];
  call: CallCstNode[];
  As: IToken[];
  type: TypeCstNode[];
};

export interface MapStepCstNode extends CstNode {
  name: "mapStep";
  children: MapStepCstChildren;
}

export type MapStepCstChildren = {
  Map: IToken[];
  Async?: IToken[];
  Name?: (IToken)[];
};

export interface FunctionStepCstNode extends CstNode {
  name: "functionStep";
  children: FunctionStepCstChildren;
}

export type FunctionStepCstChildren = {
  Filter?: IToken[];
  FlatMap?: IToken[];
  Transform?: IToken[];
  Name: IToken[];
};

export interface WatermarkStepCstNode extends CstNode {
  name: "watermarkStep";
  children: WatermarkStepCstChildren;
}

export type WatermarkStepCstChildren = {
  Watermark: IToken[];
  path: PathCstNode[];
  Delay: IToken[];
  duration: DurationCstNode[];
  lateClause?: LateClauseCstNode[];
  futureClause?: FutureClauseCstNode[];
  idleClause?: IdleClauseCstNode[];
};

export interface PathCstNode extends CstNode {
  name: "path";
  children: PathCstChildren;
}

export type PathCstChildren = {
  Name: IToken[];
  Dot?: IToken[];
};

export interface LateClauseCstNode extends CstNode {
  name: "lateClause";
  children: LateClauseCstChildren;
}

export type LateClauseCstChildren = {
  Late: IToken[];
  route: RouteCstNode[];
};

export interface FutureClauseCstNode extends CstNode {
  name: "futureClause";
  children: FutureClauseCstChildren;
}

export type FutureClauseCstChildren = {
  Future: IToken[];
  After: IToken[];
  duration: DurationCstNode[];
  route: RouteCstNode[];
};

export interface IdleClauseCstNode extends CstNode {
  name: "idleClause";
  children: IdleClauseCstChildren;
}

export type IdleClauseCstChildren = {
  Idle: IToken[];
  After: IToken[];
  duration: DurationCstNode[];
};

export interface RouteCstNode extends CstNode {
  name: "route";
  children: RouteCstChildren;
}

export type RouteCstChildren = {
  Drop?: IToken[];
  Into?: IToken[];
  Name?: IToken[];
};

export interface AggregateStepCstNode extends CstNode {
  name: "aggregateStep";
  children: AggregateStepCstChildren;
}

export type AggregateStepCstChildren = {
  Aggregate: IToken[];
  groupBy?: (GroupByCstNode)[];
  namedExpression?: NamedExpressionCstNode[];
  Comma?: IToken[];
  Per?: IToken[];
  Batch?: IToken[];
};

export interface GroupByCstNode extends CstNode {
  name: "groupBy";
  children: GroupByCstChildren;
}

export type GroupByCstChildren = {
  Group: IToken[];
  By: IToken[];
  groupKey: GroupKeyCstNode[];
  Comma?: IToken[];
};

export interface GroupKeyCstNode extends CstNode {
  name: "groupKey";
  children: GroupKeyCstChildren;
}

export type GroupKeyCstChildren = {
  groupingSets?: GroupingSetsCstNode[];
  expression?: ExpressionCstNode[];
  alias?: AliasCstNode[];
};

export interface GroupingSetsCstNode extends CstNode {
  name: "groupingSets";
  children: GroupingSetsCstChildren;
}

export type GroupingSetsCstChildren = {
  Grouping: IToken[];
  Sets: IToken[];
  LeftParen: IToken[];
  keySet: KeySetCstNode[];
  Comma?: IToken[];
  RightParen: IToken[];
};

export interface KeySetCstNode extends CstNode {
  name: "keySet";
  children: KeySetCstChildren;
}

export type KeySetCstChildren = {
  LeftParen: IToken[];
  expression?: ExpressionCstNode[];
  Comma?: IToken[];
  RightParen: IToken[];
};

export interface JoinStepCstNode extends CstNode {
  name: "joinStep";
  children: JoinStepCstChildren;
}

export type JoinStepCstChildren = {
  Join: IToken[];
  joinRight: JoinRightCstNode[];
  On?: IToken[];
  expression?: ExpressionCstNode[];
  usingColumns?: UsingColumnsCstNode[];
  Unbounded?: IToken[];
};

export interface JoinRightCstNode extends CstNode {
  name: "joinRight";
  children: JoinRightCstChildren;
}

export type JoinRightCstChildren = {
  joinKind?: (JoinKindCstNode)[];
  Latest?: (IToken)[];
  relation?: (RelationCstNode)[];
};

export interface JoinKindCstNode extends CstNode {
  name: "joinKind";
  children: JoinKindCstChildren;
}

export type JoinKindCstChildren = {
  kind?: (IToken)[];
};

export interface UsingColumnsCstNode extends CstNode {
  name: "usingColumns";
  children: UsingColumnsCstChildren;
}

export type UsingColumnsCstChildren = {
  Using: IToken[];
  LeftParen: IToken[];
  Name: IToken[];
  Comma?: IToken[];
  RightParen: IToken[];
};

export interface UnionStepCstNode extends CstNode {
  name: "unionStep";
  children: UnionStepCstChildren;
}

export type UnionStepCstChildren = {
  Union: IToken[];
  relation: RelationCstNode[];
  Comma?: IToken[];
};

export interface DedupStepCstNode extends CstNode {
  name: "dedupStep";
  children: DedupStepCstChildren;
}

export type DedupStepCstChildren = {
  Dedup: IToken[];
  By?: IToken[];
  expression?: ExpressionCstNode[];
  Comma?: IToken[];
  within?: WithinCstNode[];
};

export interface WithinCstNode extends CstNode {
  name: "within";
  children: WithinCstChildren;
}

export type WithinCstChildren = {
  Within: IToken[];
  Watermark?: IToken[];
  duration?: DurationCstNode[];
};

export interface TopStepCstNode extends CstNode {
  name: "topStep";
  children: TopStepCstChildren;
}

export type TopStepCstChildren = {
  Top: IToken[];
  count: CountCstNode[];
  With?: IToken[];
  Ties?: IToken[];
  alias?: AliasCstNode[];
  sortKeys: SortKeysCstNode[];
  Per?: IToken[];
  expression?: ExpressionCstNode[];
  Comma?: IToken[];
};

export interface OrderStepCstNode extends CstNode {
  name: "orderStep";
  children: OrderStepCstChildren;
}

export type OrderStepCstChildren = {
  Order: IToken[];
  sortKeys: SortKeysCstNode[];
};

export interface SortKeysCstNode extends CstNode {
  name: "sortKeys";
  children: SortKeysCstChildren;
}

export type SortKeysCstChildren = {
  By: IToken[];
  sortKey: SortKeyCstNode[];
  Comma?: IToken[];
};

export interface SortKeyCstNode extends CstNode {
  name: "sortKey";
  children: SortKeyCstChildren;
}

export type SortKeyCstChildren = {
  expression: ExpressionCstNode[];
  Asc?: IToken[];
  Desc?: IToken[];
  nulls?: NullsCstNode[];
};

export interface NullsCstNode extends CstNode {
  name: "nulls";
  children: NullsCstChildren;
}

export type NullsCstChildren = {
  Nulls: IToken[];
  First?: IToken[];
  Last?: IToken[];
};

export interface LimitStepCstNode extends CstNode {
  name: "limitStep";
  children: LimitStepCstChildren;
}

export type LimitStepCstChildren = {
  Limit: IToken[];
  count: CountCstNode[];
};

export interface CountCstNode extends CstNode {
  name: "count";
  children: CountCstChildren;
}

export type CountCstChildren = {
  Integer?: IToken[];
  Name?: IToken[];
};

export interface StateStepCstNode extends CstNode {
  name: "stateStep";
  children: StateStepCstChildren;
}

export type StateStepCstChildren = {
  State: IToken[];
  function: IToken[];
  By: IToken[];
  expression: ExpressionCstNode[];
  Comma?: IToken[];
  Initial?: IToken[];
  initialTable?: IToken[];
  timeoutClause?: TimeoutClauseCstNode[];
};

export interface TimeoutClauseCstNode extends CstNode {
  name: "timeoutClause";
  children: TimeoutClauseCstChildren;
}

export type TimeoutClauseCstChildren = {
  Timeout: IToken[];
  duration: DurationCstNode[];
  Processing?: IToken[];
  Time?: IToken[];
};

export interface PipelineCstNode extends CstNode {
  name: "pipeline";
  children: PipelineCstChildren;
}

export type PipelineCstChildren = {
  pipelineHead: PipelineHeadCstNode[];
  Pipe?: IToken[];
  step?: StepCstNode[];
};

export interface PipelineHeadCstNode extends CstNode {
  name: "pipelineHead";
  children: PipelineHeadCstChildren;
}

export type PipelineHeadCstChildren = {
  relation: RelationCstNode[];
};

export interface RelationCstNode extends CstNode {
  name: "relation";
  children: RelationCstChildren;
}

export type RelationCstChildren = {
  Name?: IToken[];
  LeftParen?: IToken[];
  pipeline?: PipelineCstNode[];
  RightParen?: IToken[];
  alias?: AliasCstNode[];
};

export interface StepCstNode extends CstNode {
  name: "step";
  children: StepCstChildren;
}

export type StepCstChildren = {
  namedStep: NamedStepCstNode[];
};

export interface NamedStepCstNode extends CstNode {
  name: "namedStep";
  children: NamedStepCstChildren;
}

export type NamedStepCstChildren = {
  stepBody: StepBodyCstNode[];
  Named?: IToken[];
  Name?: IToken[];
};

export interface StepBodyCstNode extends CstNode {
  name: "stepBody";
  children: StepBodyCstChildren;
}

export type StepBodyCstChildren = {
  whereStep?: WhereStepCstNode[];
  selectStep?: SelectStepCstNode[];
  extendStep?: ExtendStepCstNode[];
  setStep?: SetStepCstNode[];
  dropStep?: DropStepCstNode[];
  renameStep?: RenameStepCstNode[];
  asStep?: AsStepCstNode[];
  watermarkStep?: WatermarkStepCstNode[];
  aggregateStep?: AggregateStepCstNode[];
  joinStep?: JoinStepCstNode[];
  unionStep?: UnionStepCstNode[];
  distinctStep?: DistinctStepCstNode[];
  dedupStep?: DedupStepCstNode[];
  topStep?: TopStepCstNode[];
  orderStep?: OrderStepCstNode[];
  limitStep?: LimitStepCstNode[];
  explodeStep?: ExplodeStepCstNode[];
  unpivotStep?: UnpivotStepCstNode[];
  parseStep?: ParseStepCstNode[];
  mapStep?: MapStepCstNode[];
  functionStep?: FunctionStepCstNode[];
  stateStep?: StateStepCstNode[];
};

export interface ProgramCstNode extends CstNode {
  name: "program";
  children: ProgramCstChildren;
}

export type ProgramCstChildren = {
  guardedStatement?: GuardedStatementCstNode[];
};

export interface GuardedStatementCstNode extends CstNode {
  name: "guardedStatement";
  children: GuardedStatementCstChildren;
}

export type GuardedStatementCstChildren = {
  statement: StatementCstNode[];
};

export interface StatementCstNode extends CstNode {
  name: "statement";
  children: StatementCstChildren;
}

export type StatementCstChildren = {
  importStatement?: ImportStatementCstNode[];
  optionStatement?: OptionStatementCstNode[];
  paramStatement?: ParamStatementCstNode[];
  schemaStatement?: SchemaStatementCstNode[];
  inputStatement?: InputStatementCstNode[];
  windowStatement?: WindowStatementCstNode[];
  streamStatement?: StreamStatementCstNode[];
  sinkStatement?: SinkStatementCstNode[];
};

export interface ImportStatementCstNode extends CstNode {
  name: "importStatement";
  children: ImportStatementCstChildren;
}

export type ImportStatementCstChildren = {
  ImportStart: IToken[];
  LeftBrace: IToken[];
  importedName: ImportedNameCstNode[];
  Comma?: IToken[];
  RightBrace: IToken[];
  From: IToken[];
  Text: IToken[];
};

export interface ImportedNameCstNode extends CstNode {
  name: "importedName";
  children: ImportedNameCstChildren;
}

export type ImportedNameCstChildren = {
  Name: IToken[];
  alias?: AliasCstNode[];
};

export interface OptionStatementCstNode extends CstNode {
  name: "optionStatement";
  children: OptionStatementCstChildren;
}

export type OptionStatementCstChildren = {
  OptionStart: IToken[];
  Name: IToken[];
  Equal: IToken[];
  literal: LiteralCstNode[];
};

export interface ParamStatementCstNode extends CstNode {
  name: "paramStatement";
  children: ParamStatementCstChildren;
}

export type ParamStatementCstChildren = {
  ParamStart: IToken[];
  Name: IToken[];
  paramBody: ParamBodyCstNode[];
};

export interface ParamBodyCstNode extends CstNode {
  name: "paramBody";
  children: ParamBodyCstChildren;
}

export type ParamBodyCstChildren = {
  Colon: IToken[];
  type: TypeCstNode[];
  Equal?: IToken[];
  expression?: ExpressionCstNode[];
};

export interface SchemaStatementCstNode extends CstNode {
  name: "schemaStatement";
  children: SchemaStatementCstChildren;
}

export type SchemaStatementCstChildren = {
  SchemaStart: IToken[];
  Name: IToken[];
  schemaBody: SchemaBodyCstNode[];
};

export interface SchemaBodyCstNode extends CstNode {
  name: "schemaBody";
  children: SchemaBodyCstChildren;
}

export type SchemaBodyCstChildren = {
  recordType?: RecordTypeCstNode[];
  From?: IToken[];
  call?: CallCstNode[];
};

export interface InputStatementCstNode extends CstNode {
  name: "inputStatement";
  children: InputStatementCstChildren;
}

export type InputStatementCstChildren = {
  SourceStart?: IToken[];
  TableStart?: IToken[];
  Name: IToken[];
  inputBody: InputBodyCstNode[];
};

export interface InputBodyCstNode extends CstNode {
  name: "inputBody";
  children: InputBodyCstChildren;
}

export type InputBodyCstChildren = {
  Colon?: IToken[];
  type?: TypeCstNode[];
  From: IToken[];
  call: CallCstNode[];
};

export interface WindowStatementCstNode extends CstNode {
  name: "windowStatement";
  children: WindowStatementCstChildren;
}

export type WindowStatementCstChildren = {
  WindowStart: IToken[];
  Name: IToken[];
  windowBody: WindowBodyCstNode[];
};

export interface WindowBodyCstNode extends CstNode {
  name: "windowBody";
  children: WindowBodyCstChildren;
}

export type WindowBodyCstChildren = {
  Equal: IToken[];
  call: CallCstNode[];
};

export interface StreamStatementCstNode extends CstNode {
  name: "streamStatement";
  children: StreamStatementCstChildren;
}

export type StreamStatementCstChildren = {
  StreamStart: IToken[];
  Name: IToken[];
  streamBody: StreamBodyCstNode[];
};

export interface StreamBodyCstNode extends CstNode {
  name: "streamBody";
  children: StreamBodyCstChildren;
}

export type StreamBodyCstChildren = {
  Equal: IToken[];
  pipeline: PipelineCstNode[];
};

export interface SinkStatementCstNode extends CstNode {
  name: "sinkStatement";
  children: SinkStatementCstChildren;
}

export type SinkStatementCstChildren = {
  SinkStart: IToken[];
  Name: IToken[];
  Equal?: IToken[];
  pipeline?: PipelineCstNode[];
  sinkTarget: SinkTargetCstNode[];
  sinkClause?: SinkClauseCstNode[];
};

export interface SinkTargetCstNode extends CstNode {
  name: "sinkTarget";
  children: SinkTargetCstChildren;
}

export type SinkTargetCstChildren = {
  IntoClause: IToken[];
  call: CallCstNode[];
};

export interface SinkClauseCstNode extends CstNode {
  name: "sinkClause";
  children: SinkClauseCstChildren;
}

export type SinkClauseCstChildren = {
  modeClause?: ModeClauseCstNode[];
  triggerClause?: TriggerClauseCstNode[];
  checkpointClause?: CheckpointClauseCstNode[];
};

export interface ModeClauseCstNode extends CstNode {
  name: "modeClause";
  children: ModeClauseCstChildren;
}

export type ModeClauseCstChildren = {
  ModeClause: IToken[];
  Name: IToken[];
};

export interface TriggerClauseCstNode extends CstNode {
  name: "triggerClause";
  children: TriggerClauseCstChildren;
}

export type TriggerClauseCstChildren = {
  TriggerClause: IToken[];
  trigger: TriggerCstNode[];
};

export interface TriggerCstNode extends CstNode {
  name: "trigger";
  children: TriggerCstChildren;
}

export type TriggerCstChildren = {
  Asap?: IToken[];
  Every?: IToken[];
  duration?: DurationCstNode[];
  Once?: IToken[];
  Available?: IToken[];
  Now?: IToken[];
  Continuous?: IToken[];
  durationLiteral?: DurationLiteralCstNode[];
};

export interface CheckpointClauseCstNode extends CstNode {
  name: "checkpointClause";
  children: CheckpointClauseCstChildren;
}

export type CheckpointClauseCstChildren = {
  CheckpointClause: IToken[];
  Text?: IToken[];
  Name?: IToken[];
};
