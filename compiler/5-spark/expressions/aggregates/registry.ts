import type { AggregateForm, AggregateForms } from "./aggregate-form.ts";

const lastDigits = "doubles are added in another order, so their last digits may differ";
const anyRow = { reason: "any row's value may come out", nearest: "go by a value of the row: `min_by(x, t)`, `max_by(x, t)`" };
const anyOrder = { reason: "the items stand in any order", nearest: "sort them: `sort_array(…)`" };
const firstCome = { reason: "of several that fit any may come out", nearest: "where that matters, go by values that no two rows have in common" };

/** How every aggregate of the catalogue is said to Spark; a test holds that each stands here once, and no other. */
export const aggregateForms: AggregateForms = [
  ["approx_count_distinct", { name: "approx_count_distinct", plain: [1], ignoresDuplicates: true }],
  ...named("avg", { note: lastDigits }),
  ...named("bit_and bit_or bool_and bool_or max min", { ignoresDuplicates: true }),
  ...named("bit_xor median try_avg try_sum", {}),
  ["collect_list", { name: "collect_list", order: anyOrder }],
  ["collect_set", { name: "collect_set", ignoresDuplicates: true, order: anyOrder }],
  ["count", { name: "count", writer: "count", distinct: "count_distinct" }],
  ["count_if", { name: "count_if", writer: "count_if" }],
  ["corr", { name: "corr", writer: "corr", note: `from sums of squares, for Spark's own fails where one side does not vary; ${lastDigits}`, refuses: { where: "`distinct`", nearest: "group by the two columns in a step before" } }],
  ...named("covar_pop covar_samp kurtosis skewness stddev stddev_pop variance var_pop", { note: lastDigits }),
  ...named("regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy", { note: lastDigits }),
  ["first", { name: "first", plain: [1], writer: "first or last", ignoresDuplicates: true, order: anyRow }],
  ["last", { name: "last", plain: [1], writer: "first or last", order: anyRow }],
  ["max_by", { name: "max_by", columns: 2, conditionOn: 1, order: firstCome }],
  ["min_by", { name: "min_by", columns: 2, conditionOn: 1, order: firstCome }],
  ["mode", { name: "mode", plain: [1], order: { reason: firstCome.reason, nearest: "take the smallest of them: `mode(x, true)`" } }],
  ["percentile", { name: "percentile", columns: 2 }],
  ["percentile_approx", { name: "percentile_approx", writer: "percentile_approx", note: "the sketches of partitions are merged, so the result may be another value within the accuracy, and among NaN any value" }],
  ["percentile_disc", { name: "percentile_disc", writer: "percentile_disc", refuses: { where: "over an expression, or with a condition", nearest: "name the expression before, by `extend`; `percentile`" } }],
  ["string_agg", { name: "string_agg", distinct: "string_agg_distinct", order: { reason: "the texts stand in any order", nearest: "sort them: `array_join(sort_array(collect_list(x)), \", \")`" } }],
  ["sum", { name: "sum", distinct: "sum_distinct", note: lastDigits }],
];

const byName: ReadonlyMap<string, AggregateForm> = new Map(aggregateForms);

/** The form of an aggregate by the catalogue's name. */
export function findAggregateForm(name: string): AggregateForm | undefined {
  return byName.get(name);
}

function named(names: string, form: Omit<AggregateForm, "name">): AggregateForms {
  return names.split(" ").map((name) => [name, { ...form, name }]);
}
