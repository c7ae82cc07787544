# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job aggregate-by-time.sluice
#
# Sink moments [append] into discard
#   Aggregate key=[at, lower(page) as page] visits=count()
#     Watermark at − 10m, late drop
#       Source visits: file, json, reads at, page
#
# Sink days [update] into discard
#   Aggregate key=[cast(at as date) as day] ms=sum(ms where ms > 0e0) users=count(user)
#     Watermark at − 10m, late drop
#       Source visits: file, json, reads at, user, ms
#
# spark-submit aggregate-by-time.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="aggregate-by-time",
    timezone="UTC",
    state_partitions=8,
    watermark_policy="min",
    no_data_batches=True,
    params=[],
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, aggregate-by-time.sluice:9
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
            ]
        ),
        ["at", "page", "user", "ms"],
        options={"maxFilesPerTrigger": 1},
    )


def moments(run: sluice.Run) -> DataFrame:
    # sink moments [append], aggregate-by-time.sluice:12
    # stream timed, aggregate-by-time.sluice:10
    rows = visits(run).select("at", "page")
    rows = rows.withWatermark("at", "10 minutes")
    # sink moments, aggregate-by-time.sluice:12
    rows = rows.groupBy("at", F.lower(F.col("page")).alias("page")).agg(F.count(F.lit(1)).alias("visits"))
    return rows


def days(run: sluice.Run) -> DataFrame:
    # sink days [update], aggregate-by-time.sluice:13
    # stream timed, aggregate-by-time.sluice:10
    rows = visits(run).select("at", "user", "ms")
    rows = rows.withWatermark("at", "10 minutes")
    # sink days, aggregate-by-time.sluice:13
    rows = rows.groupBy(F.col("at").cast("date").alias("day")).agg(
        F.sum(F.when(F.col("ms") > 0.0, F.col("ms"))).alias("ms"), F.count(F.col("user")).alias("users")
    )
    return rows


QUERIES = [
    sluice.Query(
        "moments",
        moments,
        mode="append",
        columns=[("at", "timestamp"), ("page", "string"), ("visits", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "days",
        days,
        mode="update",
        columns=[("day", "date"), ("ms", "double"), ("users", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
