# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job sessions-by-row.sluice
#
# Sink by_case [append] into discard
#   Aggregate key=[user, session(at, gap case when page = "/" then 5 minutes else 30 minutes end)] visits=count()
#     Watermark at − 10m, late drop
#       Source visits: file, json, reads at, page, user
#
# Sink by_value [append] into discard
#   Aggregate key=[user, session(at, gap size(tags) * 1 minute)] visits=count()
#     Watermark at − 10m, late drop
#       Source visits: file, json, reads at, user, tags
#
# spark-submit sessions-by-row.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="sessions-by-row", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, sessions-by-row.sluice:9
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType(
            [
                T.StructField("at", T.TimestampType(), False),
                T.StructField("page", T.StringType(), False),
                T.StructField("user", T.LongType()),
                T.StructField("tags", T.ArrayType(T.StringType(), False), False),
            ]
        ),
        ["at", "page", "user", "tags"],
        options={"maxFilesPerTrigger": 1},
    )


def by_case(run: sluice.Run) -> DataFrame:
    # sink by_case [append], sessions-by-row.sluice:12
    # stream timed, sessions-by-row.sluice:10
    rows = visits(run).select("at", "page", "user")
    rows = rows.withWatermark("at", "10 minutes")
    # sink by_case, sessions-by-row.sluice:12
    rows = rows.groupBy(
        "user",
        F.session_window(
            "at", F.when(F.col("page") == "/", F.lit("5 minutes")).otherwise(F.lit("30 minutes"))
        ).alias("window"),
    ).agg(F.count(F.lit(1)).alias("visits"))
    # observed, so that Spark merges sessions whatever reads them
    rows = rows.observe("sessions", F.count(F.lit(1)).alias("rows"))
    rows = rows.select(
        "user", F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits"
    )
    return rows


def by_value(run: sluice.Run) -> DataFrame:
    # sink by_value [append], sessions-by-row.sluice:13
    # stream timed, sessions-by-row.sluice:10
    rows = visits(run).select("at", "user", "tags")
    rows = rows.withWatermark("at", "10 minutes")
    # sink by_value, sessions-by-row.sluice:13
    rows = rows.groupBy(
        "user",
        F.session_window(
            "at",
            F.make_interval(
                secs=(
                    F.unix_micros(
                        F.timestamp_micros(F.lit(0)) + F.size(F.col("tags")) * F.expr(
                            "INTERVAL '0 00:01:00' DAY TO SECOND"
                        )
                    ).cast("decimal(20,0)") / 1000000
                ).cast("decimal(18,6)")
            ),
        ).alias("window"),
    ).agg(F.count(F.lit(1)).alias("visits"))
    # observed, so that Spark merges sessions whatever reads them
    rows = rows.observe("sessions", F.count(F.lit(1)).alias("rows"))
    rows = rows.select(
        "user", F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "visits"
    )
    return rows


QUERIES = [
    sluice.Query(
        "by_case",
        by_case,
        mode="append",
        columns=[("user", "bigint"), ("window_start", "timestamp"), ("window_end", "timestamp"), ("visits", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "by_value",
        by_value,
        mode="append",
        columns=[("user", "bigint"), ("window_start", "timestamp"), ("window_end", "timestamp"), ("visits", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
