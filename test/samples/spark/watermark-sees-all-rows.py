# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job watermark-sees-all-rows.sluice
#
# Sink tags [append] into discard
#   Aggregate key=[tag, tumbling(at, 10m)] n=count()
#     Explode tags as tag
#       Watermark at − 10m, late drop
#         Source visits: file, json, reads at, tags
#
# Sink one_page [append] into discard
#   Filter n > 0
#     Aggregate key=[page, tumbling(at, 10m)] n=count()
#       Filter page = "/a"
#         Watermark at − 10m, late drop
#           Source visits: file, json, reads at, page
#
# Sink of_windows [append] into discard
#   Filter n > 2
#     Aggregate key=[tumbling(at, 10m)] n=count()
#       Watermark at − 10m, late drop
#         Source visits: file, json, reads at
#
# spark-submit watermark-sees-all-rows.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="watermark-sees-all-rows",
    timezone="UTC",
    state_partitions=8,
    watermark_policy="min",
    no_data_batches=True,
    params=[],
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, watermark-sees-all-rows.sluice:9
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType(
            [
                T.StructField("at", T.TimestampType(), False),
                T.StructField("page", T.StringType(), False),
                T.StructField("tags", T.ArrayType(T.StringType(), False), False),
            ]
        ),
        ["at", "page", "tags"],
        options={"maxFilesPerTrigger": 1},
    )


def tags(run: sluice.Run) -> DataFrame:
    # sink tags [append], watermark-sees-all-rows.sluice:11
    # stream timed, watermark-sees-all-rows.sluice:10
    rows = visits(run).select("at", "tags")
    # observed, so that Spark does not filter below the watermark, which is to see all rows
    rows = rows.withWatermark("at", "10 minutes").observe("timed/watermark", F.count(F.lit(1)))
    # sink tags, watermark-sees-all-rows.sluice:11
    rows = rows.withColumn("tag", F.explode(F.col("tags")))
    rows = rows.groupBy("tag", F.window("at", "10 minutes").alias("window")).agg(F.count(F.lit(1)).alias("n"))
    rows = rows.select("tag", F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "n")
    return rows


def one_page(run: sluice.Run) -> DataFrame:
    # sink one_page [append], watermark-sees-all-rows.sluice:12
    # stream timed, watermark-sees-all-rows.sluice:10
    rows = visits(run).select("at", "page")
    # observed, so that Spark does not filter below the watermark, which is to see all rows
    rows = rows.withWatermark("at", "10 minutes").observe("timed/watermark", F.count(F.lit(1)))
    # sink one_page, watermark-sees-all-rows.sluice:12
    rows = rows.where(F.col("page") == "/a")
    rows = rows.groupBy("page", F.window("at", "10 minutes").alias("window")).agg(F.count(F.lit(1)).alias("n"))
    rows = rows.select(
        "page", F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "n"
    )
    rows = rows.where(F.col("n") > 0)
    return rows


def of_windows(run: sluice.Run) -> DataFrame:
    # sink of_windows [append], watermark-sees-all-rows.sluice:13
    # stream timed, watermark-sees-all-rows.sluice:10
    rows = visits(run).select("at")
    rows = rows.withWatermark("at", "10 minutes")
    # sink of_windows, watermark-sees-all-rows.sluice:13
    rows = rows.groupBy(F.window("at", "10 minutes").alias("window")).agg(F.count(F.lit(1)).alias("n"))
    rows = rows.select(F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "n")
    rows = rows.where(F.col("n") > 2)
    return rows


QUERIES = [
    sluice.Query(
        "tags",
        tags,
        mode="append",
        columns=[("tag", "string"), ("window_start", "timestamp"), ("window_end", "timestamp"), ("n", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "one_page",
        one_page,
        mode="append",
        columns=[("page", "string"), ("window_start", "timestamp"), ("window_end", "timestamp"), ("n", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "of_windows",
        of_windows,
        mode="append",
        columns=[("window_start", "timestamp"), ("window_end", "timestamp"), ("n", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
