"""Makes the Parquet files that the tests read, with Spark, DuckDB and Arrow, and their rows as JSON.

    python3 -m venv V && V/bin/pip install pyspark==4.2.0 'pandas<3' pyarrow duckdb
    V/bin/python test/facts/parquet/make.py

NAME.parquet holds the rows of NAME.json; NAME.json says how the columns are declared in the language.
Values in JSON: integers beyond 2^53 and decimals as text, timestamps in microseconds, dates in days, binary in hexadecimal,
maps as lists of pairs, doubles that are no numbers as text.
"""
import glob, json, os, shutil, sys, tempfile
from datetime import date, datetime, timezone, timedelta
from decimal import Decimal

here = os.path.dirname(os.path.abspath(__file__))
epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)

def shown(v):
    if isinstance(v, bool) or v is None or isinstance(v, str): return v
    if isinstance(v, int): return v if abs(v) <= 2**53 - 1 else str(v)
    if isinstance(v, float): return v if v == v and abs(v) != float("inf") else {True: "NaN"}.get(v != v, "Infinity" if v > 0 else "-Infinity")
    if isinstance(v, Decimal): return format(v, "f")
    if isinstance(v, datetime):
        t = v if v.tzinfo else v.replace(tzinfo=timezone.utc)
        return (t - epoch) // timedelta(microseconds=1)
    if isinstance(v, date): return (v - date(1970, 1, 1)).days
    if isinstance(v, (bytes, bytearray)): return bytes(v).hex()
    if isinstance(v, M): return [[shown(k), shown(x)] for k, x in v.pairs]
    if isinstance(v, dict): return {k: shown(x) for k, x in v.items()}
    if isinstance(v, (list, tuple)): return [shown(x) for x in v]
    raise TypeError(type(v))

class M:
    def __init__(self, *pairs): self.pairs = pairs

def expect(name, schema, rows):
    with open(f"{here}/{name}.json", "w") as f:
        json.dump({"schema": schema, "rows": [shown(r) for r in rows]}, f, indent=1, ensure_ascii=False)
        f.write("\n")

def ts(text): return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)

schema = [["b", "boolean?"], ["i", "int?"], ["l", "long?"], ["f", "float?"], ["d", "double?"], ["s", "string?"], ["bin", "binary?"], ["day", "date?"], ["at", "timestamp?"],
          ["d9", "decimal(9,2)?"], ["d18", "decimal(18,6)?"], ["d38", "decimal(38,10)?"],
          ["list", {"array": "int?", "nullable": True}], ["rec", {"record": [["x", "int?"], ["y", {"record": [["z", "string?"]], "nullable": True}]], "nullable": True}],
          ["map", {"map": ["string", "long?"], "nullable": True}],
          ["recs", {"array": {"record": [["k", "string?"], ["n", {"array": "long?", "nullable": True}]], "nullable": True}, "nullable": True}],
          ["lists", {"array": {"array": "string?", "nullable": True}, "nullable": True}],
          ["byInt", {"map": ["int", {"record": [["v", "double?"]], "nullable": True}], "nullable": True}]]
rows = [
    dict(b=True, i=2**31 - 1, l=2**63 - 1, f=1.5, d=0.1, s="Grüße, 世界 🚀", bin=b"\x00\xff", day=date(2024, 2, 29), at=ts("2024-02-29T12:34:56.789012"),
         d9=Decimal("1234567.89"), d18=Decimal("123456789012.345678"), d38=Decimal("1234567890123456789012345678.0123456789"),
         list=[1, None, 3], rec=dict(x=1, y=dict(z="a")), map=M(("a", 1), ("10", 2**60), ("2", None)), recs=[dict(k="p", n=[1, 2]), None, dict(k=None, n=[])],
         lists=[["a"], [], None, ["b", None]], byInt=M((1, dict(v=0.5)), (-2, None))),
    dict(b=False, i=-2**31, l=-2**63, f=-0.0, d=float("nan"), s="", bin=b"", day=date(1, 1, 1), at=ts("1900-01-01T00:00:00.000001"),
         d9=Decimal("-1234567.89"), d18=Decimal("-0.000001"), d38=Decimal("-9999999999999999999999999999.9999999999"),
         list=[], rec=dict(x=None, y=None), map=M(), recs=[], lists=[], byInt=M()),
    dict({k: None for k, _ in schema}),
    dict(b=None, i=0, l=2**53 + 1, f=3.4028234663852886e38, d=float("-inf"), s="\u0000a\nb\"", bin=b"abc", day=date(9999, 12, 31), at=ts("2255-06-05T23:47:34.740991"),
         d9=Decimal("0.00"), d18=Decimal("0.000000"), d38=Decimal("0.0000000000"), list=None, rec=dict(x=7, y=dict(z=None)), map=M(("__proto__", 3), ("", 0)),
         recs=[dict(k="", n=None)], lists=[None], byInt=M((0, dict(v=None)))),
]

def spark_files():
    from pyspark.sql import SparkSession, Row
    from pyspark.sql import types as T
    spark = SparkSession.builder.master("local[1]").config("spark.sql.session.timeZone", "UTC").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    S, A, F = T.StructType, T.ArrayType, T.StructField
    st = S([F("b", T.BooleanType()), F("i", T.IntegerType()), F("l", T.LongType()), F("f", T.FloatType()), F("d", T.DoubleType()), F("s", T.StringType()), F("bin", T.BinaryType()),
            F("day", T.DateType()), F("at", T.TimestampType()), F("d9", T.DecimalType(9, 2)), F("d18", T.DecimalType(18, 6)), F("d38", T.DecimalType(38, 10)),
            F("list", A(T.IntegerType())), F("rec", S([F("x", T.IntegerType()), F("y", S([F("z", T.StringType())]))])), F("map", T.MapType(T.StringType(), T.LongType())),
            F("recs", A(S([F("k", T.StringType()), F("n", A(T.LongType()))]))), F("lists", A(A(T.StringType()))), F("byInt", T.MapType(T.IntegerType(), S([F("v", T.DoubleType())])))])
    def spark_value(v):
        if isinstance(v, M): return {k: spark_value(x) for k, x in v.pairs}
        if isinstance(v, dict): return {k: spark_value(x) for k, x in v.items()}
        if isinstance(v, list): return [spark_value(x) for x in v]
        return v
    data = spark.createDataFrame([tuple(spark_value(r[f.name]) for f in st.fields) for r in rows], st).coalesce(1)
    def write(name, df=data, expected=rows, declared=schema, **options):
        with tempfile.TemporaryDirectory() as folder:
            for key, value in options.items():
                if key.startswith("spark"): spark.conf.set(key.replace("__", "."), value)
            w = df.write.mode("overwrite")
            for key, value in options.items():
                if not key.startswith("spark"): w = w.option(key.replace("__", "."), value)
            w.parquet(folder)
            [part] = glob.glob(f"{folder}/part-*")
            shutil.copyfile(part, f"{here}/{name}.parquet")
        expect(name, declared, expected)
    for codec in ["snappy", "gzip", "zstd", "none", "lz4raw"]:
        write(f"spark-{codec}", compression={"lz4raw": "lz4_raw"}.get(codec, codec))
    write("spark-v2", parquet__writer__version="v2")
    write("spark-legacy", spark__sql__parquet__writeLegacyFormat="true")
    spark.conf.set("spark.sql.parquet.writeLegacyFormat", "false")
    write("spark-int96", spark__sql__parquet__outputTimestampType="INT96")
    write("spark-millis", spark__sql__parquet__outputTimestampType="TIMESTAMP_MILLIS", expected=[dict(r, at=r["at"] and r["at"].replace(microsecond=r["at"].microsecond // 1000 * 1000)) for r in rows])
    spark.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    # Many row groups with statistics; many pages.
    big = spark.range(0, 6000, 1, 1).selectExpr("id", "concat('n', id % 7) as name", "cast(id as decimal(20,3)) as price", "if(id % 5 = 0, null, cast(id as int)) as n", "timestamp_micros(id * 1000000) as at", "array(id, id + 1) as pair")
    declared = [["id", "long?"], ["name", "string?"], ["price", "decimal(20,3)?"], ["n", "int?"], ["at", "timestamp?"], ["pair", {"array": "long?", "nullable": True}]]
    write("spark-groups", df=big, expected=[dict(id=0, name="n0", price=Decimal("0.000"), n=None, at=ts("1970-01-01T00:00:00"), pair=[0, 1])], declared=declared, parquet__block__size="65536", parquet__page__size="4096", parquet__page__row__count__limit="500")
    spark.stop()

def duckdb_files():
    import duckdb
    db = duckdb.connect()
    db.execute("set timezone='UTC'")
    select = """
      select * from (values
        (true, 2147483647::int, 9223372036854775807::bigint, 1.5::float, 0.1::double, 'Grüße, 世界 🚀', '\\x00\\xFF'::blob, date '2024-02-29', timestamptz '2024-02-29 12:34:56.789012Z',
         1234567.89::decimal(9,2), 123456789012.345678::decimal(18,6), 1234567890123456789012345678.0123456789::decimal(38,10), [1, null, 3], {'x': 1, 'y': {'z': 'a'}}, map {'a': 1::bigint, '2': null}, [['a'], [], null]),
        (null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
        (false, (-2147483648)::int, (-9223372036854775808)::bigint, -1.25::float, 'nan'::double, '', ''::blob, date '0001-01-01', timestamptz '1900-01-01 00:00:00.000001Z',
         -1234567.89::decimal(9,2), -0.000001::decimal(18,6), -9999999999999999999999999999.9999999999::decimal(38,10), [], {'x': null, 'y': null}, map {}, [])
      ) t("b", "i", "l", "f", "d", "s", "bin", "day", "at", "d9", "d18", "d38", "list", "rec", "map", "lists")"""
    names = ["b", "i", "l", "f", "d", "s", "bin", "day", "at", "d9", "d18", "d38", "list", "rec", "map", "lists"]
    declared = [pair for pair in schema if pair[0] in names]
    first = {k: rows[0][k] for k in names} | dict(map=M(("a", 1), ("2", None)), lists=[["a"], [], None])
    last = {k: rows[1][k] for k in names} | dict(f=-1.25)
    for codec in ["snappy", "gzip", "zstd", "uncompressed", "lz4_raw", "brotli"]:
        db.execute(f"copy ({select}) to '{here}/duckdb-{codec}.parquet' (format parquet, compression {codec})")
        expect(f"duckdb-{codec}", declared, [first, {k: None for k in names}, last])
    db.execute(f"copy ({select}) to '{here}/duckdb-v2.parquet' (format parquet, parquet_version v2)")
    expect("duckdb-v2", declared, [first, {k: None for k in names}, last])
    # Unsigned numbers, other timestamps, a uuid.
    db.execute(f"""copy (select 255::utinyint u8, 65535::usmallint u16, 4294967295::uinteger u32, 9223372036854775807::ubigint u64, (-128)::tinyint i8, timestamp '2024-01-01 00:00:00.5' local, timestamp_ms '2024-01-01 00:00:00.5' ms,
      timestamp_ns '2024-01-01 00:00:00.123456789' ns, '00112233-4455-6677-8899-aabbccddeeff'::uuid uuid, 'a'::enum('a','b') e) to '{here}/duckdb-types.parquet' (format parquet)""")
    expect("duckdb-types", [["u8", "int"], ["u16", "int"], ["u32", "long"], ["u64", "long"], ["i8", "int"], ["local", "timestamp"], ["ms", "timestamp"], ["ns", "timestamp"], ["uuid", "string"], ["e", "string"]],
      [dict(u8=255, u16=65535, u32=4294967295, u64=2**63 - 1, i8=-128, local=ts("2024-01-01T00:00:00.5"), ms=ts("2024-01-01T00:00:00.5"), ns=ts("2024-01-01T00:00:00.123456"), uuid="00112233-4455-6677-8899-aabbccddeeff", e="a")])
    db.execute(f"copy (select range id, 'name ' || range % 3 as name, case when range % 2 = 0 then null else range / 4 end as quarter from range(10000)) to '{here}/duckdb-groups.parquet' (format parquet, row_group_size 2048)")
    expect("duckdb-groups", [["id", "long?"], ["name", "string?"], ["quarter", "double?"]], [dict(id=0, name="name 0", quarter=None)])

def arrow_files():
    import pyarrow as pa, pyarrow.parquet as pq
    arrow = pa.schema([("b", pa.bool_()), ("i", pa.int32()), ("l", pa.int64()), ("f", pa.float32()), ("d", pa.float64()), ("s", pa.string()), ("bin", pa.binary()), ("day", pa.date32()), ("at", pa.timestamp("us", tz="UTC")),
        ("d9", pa.decimal128(9, 2)), ("d18", pa.decimal128(18, 6)), ("d38", pa.decimal128(38, 10)), ("list", pa.list_(pa.int32())), ("rec", pa.struct([("x", pa.int32()), ("y", pa.struct([("z", pa.string())]))])),
        ("map", pa.map_(pa.string(), pa.int64())), ("recs", pa.list_(pa.struct([("k", pa.string()), ("n", pa.list_(pa.int64()))]))), ("lists", pa.list_(pa.list_(pa.string()))), ("byInt", pa.map_(pa.int32(), pa.struct([("v", pa.float64())])))])
    def arrow_value(v): return list(v.pairs) if isinstance(v, M) else v
    table = pa.Table.from_pylist([{k: arrow_value(v) for k, v in r.items()} for r in rows], schema=arrow)
    for name, options in {"arrow-v1": dict(version="1.0", data_page_version="1.0"), "arrow-v2-brotli": dict(version="2.6", data_page_version="2.0", compression="brotli"), "arrow-old-lists": dict(use_compliant_nested_type=False),
                          "arrow-delta": dict(use_dictionary=False, column_encoding={"i": "DELTA_BINARY_PACKED", "l": "DELTA_BINARY_PACKED", "s": "DELTA_BYTE_ARRAY", "bin": "DELTA_LENGTH_BYTE_ARRAY", "f": "BYTE_STREAM_SPLIT", "d": "BYTE_STREAM_SPLIT"}),
                          "arrow-int-decimals": dict(store_decimal_as_integer=True), "arrow-lz4": dict(compression="lz4")}.items():
        pq.write_table(table, f"{here}/{name}.parquet", **options)
        expect(name, schema, rows)
    # Several pages of lists and texts in one row group, with and without a dictionary.
    many = pa.table({"id": list(range(3000)), "words": [[f"w{i % 11}", None][: i % 3] if i % 4 else None for i in range(3000)]}, schema=pa.schema([pa.field("id", pa.int64(), nullable=False), ("words", pa.list_(pa.string()))]))
    for dictionary in [True, False]:
        name = "arrow-pages" if dictionary else "arrow-plain-pages"
        pq.write_table(many, f"{here}/{name}.parquet", data_page_size=512, write_batch_size=64, use_dictionary=dictionary, row_group_size=2000)
        expect(name, [["id", "long"], ["words", {"array": "string?", "nullable": True}]], many.to_pylist())

def sample_files():
    """The input of test/samples/queries/parquet-files, and of a diagnostic."""
    import duckdb
    duckdb.connect().execute(f"copy (select 1::bigint id, time '10:00:00' as opens) to '{here}/../../samples/diagnostics/modules/opening.parquet' (format parquet)")
    import pyarrow as pa, pyarrow.parquet as pq
    folder = f"{here}/../../samples/queries/parquet-files/in"
    os.makedirs(f"{folder}/sales", exist_ok=True); os.makedirs(f"{folder}/cities", exist_ok=True)
    sale = pa.schema([pa.field("id", pa.int64(), nullable=False), ("unused", pa.string()), ("city", pa.string()), ("price", pa.decimal128(12, 2)), pa.field("at", pa.timestamp("ms", tz="UTC"), nullable=False), ("tags", pa.list_(pa.string())), ("place", pa.struct([("lat", pa.float64()), ("lon", pa.float64())]))])
    cities = ["Rome", "Oslo", "Madrid", None, "Zürich"]
    def rows(ids): return [dict(id=i, unused="x" * 20, city=cities[i % 5], price=None if i % 7 == 0 else Decimal(i) / 4, at=ts("2024-01-01T00:00:00") + timedelta(seconds=i % 60), tags=[f"t{i % 3}", None] if i % 2 else [], place=None if i % 3 == 0 else dict(lat=i / 8, lon=None)) for i in ids]
    pq.write_table(pa.Table.from_pylist(rows(range(60)), sale), f"{folder}/sales/a.parquet", row_group_size=20)
    pq.write_table(pa.Table.from_pylist(rows(range(60, 84)), sale), f"{folder}/sales/b.parquet", row_group_size=12, compression="zstd")
    pq.write_table(pa.Table.from_pylist([dict(name="Rome", country="IT"), dict(name="Oslo", country="NO"), dict(name="Zürich", country=None)], pa.schema([("name", pa.string()), ("country", pa.string())])), f"{folder}/cities/cities.parquet")

if __name__ == "__main__":
    for make in [spark_files, duckdb_files, arrow_files, sample_files]:
        if len(sys.argv) < 2 or make.__name__ in sys.argv: make()
    print(sum(os.path.getsize(f) for f in glob.glob(f"{here}/*.parquet")) // 1024, "KB")
