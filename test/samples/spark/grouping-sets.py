# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job grouping-sets.sluice
#
# Sink levels [update] into discard
#   Project page, user, visits, grouping_id as sets
#     Aggregate key=[page, user, grouping_id] visits=count()
#       Expand ×3 page=[page, page, null] user=[user, null, null] grouping_id=[0, 1, 3]
#         Watermark at − 10m, late drop
#           Source visits: file, json, reads at, page, user
#
# Sink hourly [append] into discard
#   Project window_start, window_end, page, user, ms
#     Aggregate key=[tumbling(at, 1h), page, user, grouping_id] ms=sum(ms)
#       Expand ×4 page=[page, page, null, null] user=[user, null, user, null] grouping_id=[0, 1, 2, 3]
#         Watermark at − 10m, late drop
#           Source visits: file, json, reads at, page, user, ms
#
# spark-submit grouping-sets.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="grouping-sets", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, grouping-sets.sluice:9
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


def levels(run: sluice.Run) -> DataFrame:
    # sink levels [update], grouping-sets.sluice:12
    # stream timed, grouping-sets.sluice:10
    rows = visits(run).select("at", "page", "user")
    rows = rows.withWatermark("at", "10 minutes")
    # sink levels, grouping-sets.sluice:12
    rows = rows.withColumn(
        "copy",
        F.explode(
            F.array(
                F.struct(
                    F.col("page").alias("page_2"),
                    F.col("user").alias("user_2"),
                    F.lit(0).cast("bigint").alias("grouping_id"),
                ),
                F.struct(
                    F.col("page").alias("page_2"),
                    F.lit(None).cast("bigint").alias("user_2"),
                    F.lit(1).cast("bigint").alias("grouping_id"),
                ),
                F.struct(
                    F.lit(None).cast("string").alias("page_2"),
                    F.lit(None).cast("bigint").alias("user_2"),
                    F.lit(3).cast("bigint").alias("grouping_id"),
                ),
            )
        ),
    )
    rows = rows.select("at", "page", "user", "copy.page_2", "copy.user_2", "copy.grouping_id")
    rows = rows.groupBy(
        F.col("page_2").alias("page"), F.col("user_2").alias("user"), "grouping_id"
    ).agg(F.count(F.lit(1)).alias("visits"))
    rows = rows.select("page", "user", "visits", F.col("grouping_id").alias("sets"))
    return rows


def hourly(run: sluice.Run) -> DataFrame:
    # sink hourly [append], grouping-sets.sluice:13
    # stream timed, grouping-sets.sluice:10
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # sink hourly, grouping-sets.sluice:13
    rows = rows.withColumn(
        "copy",
        F.explode(
            F.array(
                F.struct(
                    F.col("page").alias("page_2"),
                    F.col("user").alias("user_2"),
                    F.lit(0).cast("bigint").alias("grouping_id"),
                ),
                F.struct(
                    F.col("page").alias("page_2"),
                    F.lit(None).cast("bigint").alias("user_2"),
                    F.lit(1).cast("bigint").alias("grouping_id"),
                ),
                F.struct(
                    F.lit(None).cast("string").alias("page_2"),
                    F.col("user").alias("user_2"),
                    F.lit(2).cast("bigint").alias("grouping_id"),
                ),
                F.struct(
                    F.lit(None).cast("string").alias("page_2"),
                    F.lit(None).cast("bigint").alias("user_2"),
                    F.lit(3).cast("bigint").alias("grouping_id"),
                ),
            )
        ),
    )
    rows = rows.select("at", "page", "user", "ms", "copy.page_2", "copy.user_2", "copy.grouping_id")
    rows = rows.groupBy(
        F.window("at", "1 hour").alias("window"),
        F.col("page_2").alias("page"),
        F.col("user_2").alias("user"),
        "grouping_id",
    ).agg(F.sum(F.col("ms")).alias("ms"))
    rows = rows.select(
        F.col("window.start").alias("window_start"),
        F.col("window.end").alias("window_end"),
        "page",
        "user",
        "grouping_id",
        "ms",
    )
    rows = rows.drop("grouping_id")
    return rows


QUERIES = [
    sluice.Query(
        "levels",
        levels,
        mode="update",
        columns=[("page", "string"), ("user", "bigint"), ("visits", "bigint"), ("sets", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "hourly",
        hourly,
        mode="append",
        columns=[
            ("window_start", "timestamp"),
            ("window_end", "timestamp"),
            ("page", "string"),
            ("user", "bigint"),
            ("ms", "double"),
        ],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
