/** How an aggregate of the catalogue is said to Spark. */
export interface AggregateForm {
  /** As pyspark.sql.functions has it. */
  readonly name: string;
  /** How many Columns Python's function takes; a call with others goes by the name in SQL. Absent: as many as there are. */
  readonly columns?: number;
  /** Arguments that are Python's own literals. */
  readonly plain?: readonly number[];
  /** The argument that a condition (`where`) makes null, so that the row does not take part: the first unless said. */
  readonly conditionOn?: number;
  /** Written by hand: count, those that take nulls, those with no form in Python. */
  readonly writer?: "count" | "count_if" | "first or last" | "percentile_disc" | "percentile_approx" | "corr";
  /** `distinct` changes nothing. */
  readonly ignoresDuplicates?: true;
  /** The function of Python that takes different values only. */
  readonly distinct?: string;
  /** The uses that are refused, as E4121. */
  readonly refuses?: { readonly where: string; readonly nearest: string };
  /** What depends on the order of arrival, told as W4121. */
  readonly order?: { readonly reason: string; readonly nearest: string };
  /** What differs in the last digits or in rare cases: for the table of coverage. */
  readonly note?: string;
}

/** Aggregates, each by the name under which the catalogue holds it. */
export type AggregateForms = readonly (readonly [name: string, form: AggregateForm])[];
