# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job late-rows-without-their-time.sluice
#
# Sink pages [append] into discard
#   Project page
#     Dedup page
#       Watermark at − 10m, late drop
#         Source visits: file, json, reads at, page
#
# Sink met [append] into discard
#   Project page, id
#     Join inner on user = id unbounded
#       Watermark at − 10m, late drop
#         Filter user is not null
#           Source visits: file, json, reads at, page, user
#       Watermark at − 10m, late drop
#         Source orders: file, json, reads id, at
#
# Sink both [append] into discard
#   Project page, user, id
#     Join full on user = user and at >= at - 5 minutes and at <= at + 5 minutes
#       Watermark at − 10m, late drop
#         Source visits: file, json, reads at, page, user
#       Watermark at − 10m, late drop
#         Source orders: file, json, reads id, at, user
#
# spark-submit late-rows-without-their-time.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="late-rows-without-their-time",
    timezone="UTC",
    state_partitions=8,
    watermark_policy="min",
    no_data_batches=True,
    params=[],
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, late-rows-without-their-time.sluice:1
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType(
            [
                T.StructField("at", T.TimestampType(), False),
                T.StructField("page", T.StringType(), False),
                T.StructField("user", T.LongType()),
            ]
        ),
        ["at", "page", "user"],
        options={"maxFilesPerTrigger": 1},
    )


def orders(run: sluice.Run) -> DataFrame:
    # source orders, late-rows-without-their-time.sluice:2
    return run.files(
        "orders",
        "json",
        "data/orders",
        T.StructType(
            [
                T.StructField("id", T.LongType(), False),
                T.StructField("at", T.TimestampType(), False),
                T.StructField("user", T.LongType()),
            ]
        ),
        ["id", "at", "user"],
        options={"maxFilesPerTrigger": 1},
    )


def pages(run: sluice.Run) -> DataFrame:
    # sink pages [append], late-rows-without-their-time.sluice:6
    # stream timed, late-rows-without-their-time.sluice:3
    rows = visits(run).select("at", "page")
    rows = rows.withWatermark("at", "10 minutes")
    # sink pages, late-rows-without-their-time.sluice:6
    rows = rows.dropDuplicates(["page"])
    # observed, so that Spark keeps the event time below, by which late rows are dropped
    rows = rows.observe("dedup", F.max("at"))
    rows = rows.select("page")
    return rows


def met(run: sluice.Run) -> DataFrame:
    # sink met [append], late-rows-without-their-time.sluice:7
    # stream timed, late-rows-without-their-time.sluice:3
    rows = visits(run)
    # sink met, late-rows-without-their-time.sluice:7
    rows = rows.where(F.col("user").isNotNull())
    # stream timed, late-rows-without-their-time.sluice:3
    rows = rows.withWatermark("at", "10 minutes")
    # stream ordered, late-rows-without-their-time.sluice:4
    ordered = orders(run).select("id", "at")
    ordered = ordered.withWatermark("at", "10 minutes")
    # sink met, late-rows-without-their-time.sluice:7
    ordered = ordered.withColumnsRenamed({"at": "at_2"})
    rows = rows.join(ordered, F.col("user") == F.col("id"), "inner")
    # observed, so that Spark keeps the event time below, by which late rows are dropped
    rows = rows.observe("join", F.max("at").alias("at"), F.max("at_2").alias("at_2"))
    rows = rows.select("page", "id")
    return rows


def both(run: sluice.Run) -> DataFrame:
    # sink both [append], late-rows-without-their-time.sluice:8
    # stream timed, late-rows-without-their-time.sluice:3
    rows = visits(run)
    rows = rows.withWatermark("at", "10 minutes")
    # stream ordered, late-rows-without-their-time.sluice:4
    ordered = orders(run)
    ordered = ordered.withWatermark("at", "10 minutes")
    # sink both, late-rows-without-their-time.sluice:8
    ordered = ordered.withColumnsRenamed({"at": "at_2", "user": "user_2"})
    rows = rows.join(
        ordered,
        (F.col("user") == F.col("user_2"))
        & (F.col("user").isNotNull() | F.col("user_2").isNotNull())
        & (F.col("at_2") >= F.col("at") - F.expr("INTERVAL '0 00:05:00' DAY TO SECOND"))
        & (F.col("at_2") <= F.col("at") + F.expr("INTERVAL '0 00:05:00' DAY TO SECOND")),
        "full",
    )
    rows = rows.select("page", "user", "id")
    return rows


QUERIES = [
    sluice.Query(
        "pages", pages, mode="append", columns=[("page", "string")], sink=sluice.discard(), trigger=sluice.asap()
    ),
    sluice.Query(
        "met",
        met,
        mode="append",
        columns=[("page", "string"), ("id", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "both",
        both,
        mode="append",
        columns=[("page", "string"), ("user", "bigint"), ("id", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
