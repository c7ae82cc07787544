"""Prints what DuckDB reads of Parquet files, as JSON a line: `python parquet-interchange.py FILE…`.

Integers beyond 2^53 and decimals are texts, timestamps microseconds, dates days, binary hexadecimal, maps lists of pairs.
"""
import json, sys
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
import duckdb

epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)

def shown(v, t):
    kind = str(t)
    if v is None: return None
    if kind.startswith("MAP("): return [[shown(k, t.key), shown(x, t.value)] for k, x in v.items()] if isinstance(v, dict) else v
    if kind.endswith("[]"): return [shown(x, t.child) for x in v]
    if kind.startswith("STRUCT("): return {name: shown(v[name], child) for name, child in t.children}
    if isinstance(v, bool) or isinstance(v, str): return v
    if isinstance(v, int): return v if abs(v) <= 2**53 - 1 else str(v)
    if isinstance(v, float): return v if v == v and abs(v) != float("inf") else "NaN" if v != v else "Infinity" if v > 0 else "-Infinity"
    if isinstance(v, Decimal): return format(v, "f")
    if isinstance(v, datetime): return (v.astimezone(timezone.utc) - epoch) // timedelta(microseconds=1)
    if isinstance(v, date): return (v - date(1970, 1, 1)).days
    if isinstance(v, (bytes, bytearray)): return bytes(v).hex()
    raise TypeError(f"{type(v)} of {kind}")

db = duckdb.connect()
db.execute("set timezone='UTC'")
for file in sys.argv[1:]:
    result = db.sql(f"select * from read_parquet('{file}', hive_partitioning=false)")
    types, names = result.types, result.columns
    for row in result.fetchall(): print(json.dumps({n: shown(v, t) for n, v, t in zip(names, row, types)}))
