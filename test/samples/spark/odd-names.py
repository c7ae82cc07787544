# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job odd-names.sluice
#
# Sink print [append] into discard
#   Project window_end as e.nd, a.b, s.um, m"ax, window
#     Aggregate key=[tumbling(`sp ace`, 1m), a.b, window] s.um=sum(`tick``s`) m"ax=max(`*`)
#       Watermark sp ace − 1s, late drop
#         Source class: file, json, reads a.b, tick`s, sp ace, *, window
#
# Sink None [append] into discard
#   Dedup `a.b`, `a.c`
#     Project a.b, tick`s, sp ace, def, at, window, def + at as a.c
#       Source class: file, json, reads a.b, tick`s, sp ace, def, at, window
#
# spark-submit odd-names.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="odd-names", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def class_2(run: sluice.Run) -> DataFrame:
    # source class, odd-names.sluice:1
    return run.files(
        "class",
        "json",
        "data/odd",
        T.StructType(
            [
                T.StructField("a.b", T.StringType(), False),
                T.StructField("tick`s", T.LongType(), False),
                T.StructField("sp ace", T.TimestampType(), False),
                T.StructField("*", T.IntegerType(), False),
                T.StructField("def", T.IntegerType(), False),
                T.StructField("at", T.IntegerType(), False),
                T.StructField("window", T.StringType(), False),
            ]
        ),
        ["a.b", "tick`s", "sp ace", "*", "def", "at", "window"],
    )


def print_2(run: sluice.Run) -> DataFrame:
    # sink print [append], odd-names.sluice:3
    # stream import, odd-names.sluice:2
    rows = class_2(run).select("`a.b`", "`tick``s`", "`sp ace`", "`*`", "window")
    rows = rows.withWatermark("`sp ace`", "1 second")
    # sink print, odd-names.sluice:3
    rows = rows.groupBy(F.window("`sp ace`", "1 minute").alias("window_2"), "`a.b`", "window").agg(
        F.sum(F.col("`tick``s`")).alias("s.um"), F.max(F.col("`*`")).alias("m\"ax")
    )
    rows = rows.select(
        F.col("window_2.start").alias("window_start"),
        F.col("window_2.end").alias("window_end"),
        "`a.b`",
        "window",
        "`s.um`",
        "`m\"ax`",
    )
    rows = rows.select(F.col("window_end").alias("e.nd"), "`a.b`", "`s.um`", "`m\"ax`", "window")
    return rows


def None_2(run: sluice.Run) -> DataFrame:
    # sink None [append], odd-names.sluice:4
    rows = class_2(run).select("`a.b`", "`tick``s`", "`sp ace`", "def", "at", "window")
    rows = rows.withColumn("a.c", F.col("def") + F.col("at"))
    rows = rows.dropDuplicates(["a.b", "a.c"])
    return rows


QUERIES = [
    sluice.Query(
        "print",
        print_2,
        mode="append",
        columns=[("e.nd", "timestamp"), ("a.b", "string"), ("s.um", "bigint"), ("m\"ax", "int"), ("window", "string")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "None",
        None_2,
        mode="append",
        columns=[
            ("a.b", "string"),
            ("tick`s", "bigint"),
            ("sp ace", "timestamp"),
            ("def", "int"),
            ("at", "int"),
            ("window", "string"),
            ("a.c", "int"),
        ],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
