/** Functions of Spark SQL that the language takes over and that this version does not execute. */
export const laterFunctions: ReadonlySet<string> = new Set(
  `aggregate exists filter forall histogram_numeric json_tuple localtimestamp make_interval map_filter map_zip_with nth_value
  reduce schema_of_json transform transform_keys transform_values zip_with to_timestamp_ntz
  try_to_timestamp_ntz make_timestamp_ntz make_ym_interval to_csv version from_avro to_avro from_xml to_xml schema_of_csv`.split(/\s+/),
);
