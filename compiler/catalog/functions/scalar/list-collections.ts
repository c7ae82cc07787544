import type { ScalarFunction } from "../scalar-function.ts";
import { array } from "./array.ts";
import { arrayAppend } from "./array-append.ts";
import { arrayCompact } from "./array-compact.ts";
import { arrayContains } from "./array-contains.ts";
import { arrayDistinct } from "./array-distinct.ts";
import { arrayExcept } from "./array-except.ts";
import { arrayInsert } from "./array-insert.ts";
import { arrayIntersect } from "./array-intersect.ts";
import { arrayJoin } from "./array-join.ts";
import { arrayMax } from "./array-max.ts";
import { arrayMin } from "./array-min.ts";
import { arrayPosition } from "./array-position.ts";
import { arrayPrepend } from "./array-prepend.ts";
import { arrayRemove } from "./array-remove.ts";
import { arrayRepeat } from "./array-repeat.ts";
import { arraySize } from "./array-size.ts";
import { arraySort } from "./array-sort.ts";
import { arrayUnion } from "./array-union.ts";
import { arraysOverlap } from "./arrays-overlap.ts";
import { arraysZip } from "./arrays-zip.ts";
import { tryElementAt } from "./element-at.ts";
import { fieldOfItems } from "./field-of-items.ts";
import { flatten } from "./flatten.ts";
import { getJsonObject } from "./get-json-object.ts";
import { jsonArrayLength } from "./json-array-length.ts";
import { jsonObjectKeys } from "./json-object-keys.ts";
import { map } from "./map.ts";
import { mapConcat } from "./map-concat.ts";
import { mapContainsKey } from "./map-contains-key.ts";
import { mapEntries } from "./map-entries.ts";
import { mapFromArrays } from "./map-from-arrays.ts";
import { mapFromEntries } from "./map-from-entries.ts";
import { mapKeys } from "./map-keys.ts";
import { mapValues } from "./map-values.ts";
import { namedStruct } from "./named-struct.ts";
import { sequence } from "./sequence.ts";
import { slice } from "./slice.ts";
import { sortArray } from "./sort-array.ts";
import { strToMap } from "./str-to-map.ts";
import { struct } from "./struct.ts";

/** Functions over arrays, maps, records and JSON texts; one line each, sorted. */
export const collectionFunctions: readonly ScalarFunction[] = [
  array,
  arrayAppend,
  arrayCompact,
  arrayContains,
  arrayDistinct,
  arrayExcept,
  arrayInsert,
  arrayIntersect,
  arrayJoin,
  arrayMax,
  arrayMin,
  arrayPosition,
  arrayPrepend,
  arrayRemove,
  arrayRepeat,
  arraySize,
  arraySort,
  arraysOverlap,
  arraysZip,
  arrayUnion,
  fieldOfItems,
  flatten,
  getJsonObject,
  jsonArrayLength,
  jsonObjectKeys,
  map,
  mapConcat,
  mapContainsKey,
  mapEntries,
  mapFromArrays,
  mapFromEntries,
  mapKeys,
  mapValues,
  namedStruct,
  sequence,
  slice,
  sortArray,
  strToMap,
  struct,
  tryElementAt,
];
