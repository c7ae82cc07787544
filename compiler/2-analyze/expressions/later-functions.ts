/** Functions of Spark SQL that the language takes over and that this version does not execute. */
export const laterFunctions: ReadonlySet<string> = new Set(
  `abs acos acosh add_months aggregate any any_value approx_count_distinct approx_percentile array_agg array array_append array_compact array_contains
  array_distinct array_except array_insert array_intersect array_join array_max array_min array_position array_prepend array_remove array_repeat array_size array_sort
  array_union arrays_overlap arrays_zip ascii asin asinh atan atan2 atanh avg base64 bin bit_and bit_count bit_get bit_length bit_or bit_xor bool_and bool_or bround btrim
  cardinality cbrt ceil ceiling char char_length character_length chr coalesce collect_list collect_set concat concat_ws contains conv convert_timezone corr cos cosh cot
  count count_if covar_pop covar_samp crc32 csc curdate current_date current_timezone date date_add date_diff date_format date_from_unix_date date_part date_sub
  date_trunc dateadd datediff datepart day dayname dayofmonth dayofweek dayofyear decode degrees e element_at elt encode endswith equal_null every exists exp explode expm1
  extract factorial filter find_in_set first first_value flatten floor forall format_number format_string from_csv from_unixtime from_utc_timestamp get get_json_object
  getbit greatest grouping grouping_id hash hex histogram_numeric hour hypot if ifnull initcap instr isnan isnotnull isnull json_array_length json_object_keys json_tuple
  kurtosis last last_day last_value lcase least left len length levenshtein listagg ln localtimestamp locate log log10 log1p log2 lower lpad ltrim luhn_check make_date
  make_dt_interval make_interval make_timestamp make_valid_utf8 map map_concat map_contains_key map_entries map_filter map_from_arrays map_from_entries map_keys map_values
  map_zip_with mask max max_by md5 mean median min min_by minute mod mode month monthname months_between named_struct nanvl negative next_day now nth_value nullifzero
  nvl nvl2 octet_length overlay parse_url percentile percentile_approx percentile_cont percentile_disc pi pmod posexplode position positive pow power printf
  quarter radians raise_error rand randn random reduce regexp regexp_count regexp_extract_all regexp_instr regexp_like regexp_substr regr_avgx regr_avgy regr_count
  regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy repeat replace reverse right rint rlike rpad rtrim schema_of_json sec second sentences sequence session_window
  sha sha1 sha2 shiftleft shiftright shiftrightunsigned shuffle sign signum sin sinh skewness slice some sort_array soundex space sqrt stack startswith std stddev stddev_pop
  stddev_samp str_to_map string_agg struct substr substring_index tan tanh timestamp_micros timestamp_millis to_binary to_char to_date to_number to_unix_timestamp
  to_utc_timestamp to_varchar transform transform_keys transform_values translate trunc try_add try_avg try_divide try_element_at try_mod try_multiply try_subtract try_sum
  try_to_binary try_to_date try_to_number try_to_timestamp typeof ucase unbase64 unhex unix_date unix_micros unix_millis unix_seconds url_decode url_encode uuid var_pop
  var_samp variance weekday weekofyear width_bucket xxhash64 zeroifnull zip_with
  to_timestamp_ntz to_timestamp_ltz try_to_timestamp_ntz make_timestamp_ntz make_timestamp_ltz make_ym_interval unix_timestamp current_timestamp assert_true is_valid_utf8 to_csv timestampadd timestampdiff try_parse_url try_url_decode version ilike date_diff from_avro to_avro from_xml to_xml schema_of_csv`.split(/\s+/),
);
