# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job dedup.sluice
#
# Sink pages_seen [append] into discard
#   Dedup page
#     Source visits: file, json, reads page
#
# Sink once [append] into discard
#   Dedup page, at
#     Watermark at − 10m, late drop
#       Source visits: file, json, reads at, page, user, ms, tags, times
#
# Sink lately [append] into discard
#   Dedup user within 10m
#     Watermark at − 10m, late drop
#       Source visits: file, json, reads at, page, user, ms, tags, times
#
# Sink lower [append] into discard
#   Dedup lower(page)
#     Source visits: file, json, reads at, page, user, ms, tags, times
#
# spark-submit dedup.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="dedup", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, dedup.sluice:9
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType(
            [
                T.StructField("at", T.TimestampType(), False),
                T.StructField("page", T.StringType(), False),
                T.StructField("user", T.LongType()),
                T.StructField("ms", T.DoubleType(), False),
                T.StructField("tags", T.ArrayType(T.StringType(), False), False),
                T.StructField("times", T.MapType(T.StringType(), T.IntegerType(), False), False),
            ]
        ),
        ["at", "page", "user", "ms", "tags", "times"],
        options={"maxFilesPerTrigger": 1},
    )


def pages_seen(run: sluice.Run) -> DataFrame:
    # sink pages_seen [append], dedup.sluice:12
    rows = visits(run).select("page")
    rows = rows.dropDuplicates(["page"])
    return rows


def once(run: sluice.Run) -> DataFrame:
    # sink once [append], dedup.sluice:13
    # stream timed, dedup.sluice:10
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # sink once, dedup.sluice:13
    rows = rows.dropDuplicates(["page", "at"])
    return rows


def lately(run: sluice.Run) -> DataFrame:
    # sink lately [append], dedup.sluice:14
    # stream timed, dedup.sluice:10
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # sink lately, dedup.sluice:14
    rows = rows.dropDuplicatesWithinWatermark(["user"])
    return rows


def lower(run: sluice.Run) -> DataFrame:
    # sink lower [append], dedup.sluice:15
    rows = visits(run)
    rows = rows.withColumns({"key_1": F.lower(F.col("page"))}).dropDuplicates(["key_1"]).drop("key_1")
    return rows


QUERIES = [
    sluice.Query(
        "pages_seen",
        pages_seen,
        mode="append",
        columns=[("page", "string")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "once",
        once,
        mode="append",
        columns=[
            ("at", "timestamp"),
            ("page", "string"),
            ("user", "bigint"),
            ("ms", "double"),
            ("tags", "array<string>"),
            ("times", "map<string,int>"),
        ],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "lately",
        lately,
        mode="append",
        columns=[
            ("at", "timestamp"),
            ("page", "string"),
            ("user", "bigint"),
            ("ms", "double"),
            ("tags", "array<string>"),
            ("times", "map<string,int>"),
        ],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "lower",
        lower,
        mode="append",
        columns=[
            ("at", "timestamp"),
            ("page", "string"),
            ("user", "bigint"),
            ("ms", "double"),
            ("tags", "array<string>"),
            ("times", "map<string,int>"),
        ],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
