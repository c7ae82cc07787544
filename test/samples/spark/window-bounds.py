# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job window-bounds.sluice
#
# Sink by_bounds [append] into discard
#   Aggregate key=[until, from] visits=count()
#     Project half.end as until, half.start as from
#       Project tumbling(at, 30 minutes) as half
#         Watermark at − 10m, late drop
#           Source visits: file, json, reads at
#
# Sink by_page [update] into discard
#   Aggregate key=[half, page] visits=count()
#     Project at, page, tumbling(at, 30 minutes) as half
#       Watermark at − 10m, late drop
#         Source visits: file, json, reads at, page
#
# Sink pages [append] into discard
#   Dedup half, page
#     Project tumbling(at, 30 minutes) as half, page
#       Watermark at − 10m, late drop
#         Source visits: file, json, reads at, page
#
# spark-submit window-bounds.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="window-bounds", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, window-bounds.sluice:5
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType([T.StructField("at", T.TimestampType()), T.StructField("page", T.StringType(), False)]),
        ["at", "page"],
        options={"maxFilesPerTrigger": 1},
    )


def by_bounds(run: sluice.Run) -> DataFrame:
    # sink by_bounds [append], window-bounds.sluice:7
    # stream halves, window-bounds.sluice:6
    rows = visits(run).select("at")
    rows = rows.withWatermark("at", "10 minutes")
    # with metadata, by which Spark knows event time, and which a computed column has not of itself
    rows = rows.select(
        F.when(
            F.col("at").isNotNull(),
            F.struct(
                F.timestamp_micros(
                    F.unix_micros(F.col("at")) - F.pmod(F.unix_micros(F.col("at")), F.lit(1800000000).cast("bigint"))
                ).alias("start"),
                F.timestamp_micros(
                    F.unix_micros(F.col("at")) - F.pmod(
                        F.unix_micros(F.col("at")), F.lit(1800000000).cast("bigint")
                    ) + 1800000000
                ).alias("end"),
            ),
        ).alias("half", metadata={"spark.watermarkDelayMs": 600000, "spark.timeWindow": True})
    )
    # sink by_bounds, window-bounds.sluice:7
    rows = rows.select(
        F.col("half").getField("end").alias("until"), F.col("half").getField("start").alias("from"), "half"
    )
    rows = rows.groupBy("half").agg(F.count(F.lit(1)).alias("visits"))
    rows = rows.select(F.col("half.end").alias("until"), F.col("half.start").alias("from"), "visits")
    return rows


def by_page(run: sluice.Run) -> DataFrame:
    # sink by_page [update], window-bounds.sluice:8
    # stream halves, window-bounds.sluice:6
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # with metadata, by which Spark knows event time, and which a computed column has not of itself
    rows = rows.withColumn(
        "half",
        F.when(
            F.col("at").isNotNull(),
            F.struct(
                F.timestamp_micros(
                    F.unix_micros(F.col("at")) - F.pmod(F.unix_micros(F.col("at")), F.lit(1800000000).cast("bigint"))
                ).alias("start"),
                F.timestamp_micros(
                    F.unix_micros(F.col("at")) - F.pmod(
                        F.unix_micros(F.col("at")), F.lit(1800000000).cast("bigint")
                    ) + 1800000000
                ).alias("end"),
            ),
        ).alias("half", metadata={"spark.watermarkDelayMs": 600000, "spark.timeWindow": True}),
    )
    # sink by_page, window-bounds.sluice:8
    rows = rows.groupBy("half", "page").agg(F.count(F.lit(1)).alias("visits"))
    return rows


def pages(run: sluice.Run) -> DataFrame:
    # sink pages [append], window-bounds.sluice:9
    # stream halves, window-bounds.sluice:6
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # sink pages, window-bounds.sluice:9
    # with metadata, by which Spark knows event time, and which a computed column has not of itself
    rows = rows.select(
        F.when(
            F.col("at").isNotNull(),
            F.struct(
                F.timestamp_micros(
                    F.unix_micros(F.col("at")) - F.pmod(F.unix_micros(F.col("at")), F.lit(1800000000).cast("bigint"))
                ).alias("start"),
                F.timestamp_micros(
                    F.unix_micros(F.col("at")) - F.pmod(
                        F.unix_micros(F.col("at")), F.lit(1800000000).cast("bigint")
                    ) + 1800000000
                ).alias("end"),
            ),
        ).alias("half", metadata={"spark.watermarkDelayMs": 600000, "spark.timeWindow": True}),
        "page",
    )
    rows = rows.dropDuplicates(["half", "page"])
    return rows


QUERIES = [
    sluice.Query(
        "by_bounds",
        by_bounds,
        mode="append",
        columns=[("until", "timestamp"), ("from", "timestamp"), ("visits", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "by_page",
        by_page,
        mode="update",
        columns=[("half", "struct<start:timestamp,end:timestamp>"), ("page", "string"), ("visits", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "pages",
        pages,
        mode="append",
        columns=[("half", "struct<start:timestamp,end:timestamp>"), ("page", "string")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
