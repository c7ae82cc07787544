# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job join-of-streams.sluice
#
# Sink paid [append] into discard
#   Project id, at as ordered, at as paid, amount
#     Join inner on id = order and at >= at and at <= at + 1 hour
#       Watermark at − 5m, late drop
#         Source orders: file, json, reads id, at
#       Watermark at − 1m30s, late drop
#         Source payments: file, json, reads order, at, amount
#
# Sink unpaid [append] into discard
#   Project id, amount
#     Join left on id = order and at >= at and at <= at + 1 hour
#       Watermark at − 5m, late drop
#         Source orders: file, json, reads id, at
#       Watermark at − 1m30s, late drop
#         Source payments: file, json, reads order, at, amount
#
# spark-submit join-of-streams.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="join-of-streams", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def orders(run: sluice.Run) -> DataFrame:
    # source orders, join-of-streams.sluice:1
    return run.files(
        "orders",
        "json",
        "data/orders",
        T.StructType([T.StructField("id", T.LongType(), False), T.StructField("at", T.TimestampType(), False)]),
        ["id", "at"],
        options={"maxFilesPerTrigger": 1},
    )


def payments(run: sluice.Run) -> DataFrame:
    # source payments, join-of-streams.sluice:2
    return run.files(
        "payments",
        "json",
        "data/payments",
        T.StructType(
            [
                T.StructField("order", T.LongType(), False),
                T.StructField("at", T.TimestampType(), False),
                T.StructField("amount", T.DecimalType(10, 2), False),
            ]
        ),
        ["order", "at", "amount"],
        options={"maxFilesPerTrigger": 1},
    )


def paid(run: sluice.Run) -> DataFrame:
    # sink paid [append], join-of-streams.sluice:6
    # stream order, join-of-streams.sluice:3
    rows = orders(run)
    rows = rows.withWatermark("at", "5 minutes")
    # stream payment, join-of-streams.sluice:4
    payment = payments(run)
    payment = payment.withWatermark("at", "90 seconds")
    # sink paid, join-of-streams.sluice:8
    payment = payment.withColumnsRenamed({"at": "at_2"})
    rows = rows.join(
        payment,
        (F.col("id") == F.col("order"))
        & (F.col("at_2") >= F.col("at"))
        & (F.col("at_2") <= F.col("at") + F.expr("INTERVAL '0 01:00:00' DAY TO SECOND")),
        "inner",
    )
    rows = rows.select("id", F.col("at").alias("ordered"), F.col("at_2").alias("paid"), "amount")
    return rows


def unpaid(run: sluice.Run) -> DataFrame:
    # sink unpaid [append], join-of-streams.sluice:11
    # stream order, join-of-streams.sluice:3
    rows = orders(run)
    rows = rows.withWatermark("at", "5 minutes")
    # stream payment, join-of-streams.sluice:4
    payment = payments(run)
    payment = payment.withWatermark("at", "90 seconds")
    # sink unpaid, join-of-streams.sluice:13
    payment = payment.withColumnsRenamed({"at": "at_2"})
    rows = rows.join(
        payment,
        (F.col("id") == F.col("order"))
        & (F.col("at_2") >= F.col("at"))
        & (F.col("at_2") <= F.col("at") + F.expr("INTERVAL '0 01:00:00' DAY TO SECOND")),
        "left",
    )
    rows = rows.select("id", "amount")
    return rows


QUERIES = [
    sluice.Query(
        "paid",
        paid,
        mode="append",
        columns=[("id", "bigint"), ("ordered", "timestamp"), ("paid", "timestamp"), ("amount", "decimal(10,2)")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "unpaid",
        unpaid,
        mode="append",
        columns=[("id", "bigint"), ("amount", "decimal(10,2)")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
