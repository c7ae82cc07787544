# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job join-then-windows.sluice
#
# Sink per_hour [append] into discard
#   Aggregate key=[tumbling(at, 1h)] payments=count() amount=sum(amount)
#     Join inner on id = order and at >= at and at <= at + 1 hour
#       Watermark at − 5m, late drop
#         Filter id > 2
#           Source orders: file, json, reads id, at
#       Watermark at − 1m30s, late drop
#         Source payments: file, json, reads order, at, amount
#
# Sink once [append] into discard
#   Aggregate key=[tumbling(at, 10m)] payments=count()
#     Dedup order, at
#       Watermark at − 1m30s, late drop
#         Source payments: file, json, reads order, at
#
# spark-submit join-then-windows.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="join-then-windows",
    timezone="UTC",
    state_partitions=8,
    watermark_policy="min",
    no_data_batches=True,
    params=[],
)


def orders(run: sluice.Run) -> DataFrame:
    # source orders, join-then-windows.sluice:1
    return run.files(
        "orders",
        "json",
        "data/orders",
        T.StructType([T.StructField("id", T.LongType(), False), T.StructField("at", T.TimestampType(), False)]),
        ["id", "at"],
        options={"maxFilesPerTrigger": 1},
    )


def payments(run: sluice.Run) -> DataFrame:
    # source payments, join-then-windows.sluice:2
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


def per_hour(run: sluice.Run) -> DataFrame:
    # sink per_hour [append], join-then-windows.sluice:5
    # stream order, join-then-windows.sluice:3
    rows = orders(run)
    # sink per_hour, join-then-windows.sluice:7
    rows = rows.where(F.col("id") > 2)
    # stream order, join-then-windows.sluice:3
    # observed, so that Spark does not filter below the watermark, which is to see all rows
    rows = rows.withWatermark("at", "5 minutes").observe("order/watermark", F.count(F.lit(1)))
    # stream payment, join-then-windows.sluice:4
    payment = payments(run)
    # observed, so that Spark does not filter below the watermark, which is to see all rows
    payment = payment.withWatermark("at", "90 seconds").observe("payment/watermark", F.count(F.lit(1)))
    # sink per_hour, join-then-windows.sluice:8
    payment = payment.withColumnsRenamed({"at": "at_2"})
    rows = rows.join(
        payment,
        (F.col("id") == F.col("order"))
        & (F.col("at_2") >= F.col("at"))
        & (F.col("at_2") <= F.col("at") + F.expr("INTERVAL '0 01:00:00' DAY TO SECOND")),
        "inner",
    )
    rows = rows.groupBy(F.window("at_2", "1 hour").alias("window")).agg(
        F.count(F.lit(1)).alias("payments"), F.sum(F.col("amount")).alias("amount")
    )
    rows = rows.select(
        F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "payments", "amount"
    )
    return rows


def once(run: sluice.Run) -> DataFrame:
    # sink once [append], join-then-windows.sluice:12
    # stream payment, join-then-windows.sluice:4
    rows = payments(run).select("order", "at")
    rows = rows.withWatermark("at", "90 seconds")
    # sink once, join-then-windows.sluice:15
    rows = rows.dropDuplicates(["order", "at"])
    rows = rows.groupBy(F.window("at", "10 minutes").alias("window")).agg(F.count(F.lit(1)).alias("payments"))
    rows = rows.select(F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "payments")
    return rows


QUERIES = [
    sluice.Query(
        "per_hour",
        per_hour,
        mode="append",
        columns=[
            ("window_start", "timestamp"),
            ("window_end", "timestamp"),
            ("payments", "bigint"),
            ("amount", "decimal(20,2)"),
        ],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "once",
        once,
        mode="append",
        columns=[("window_start", "timestamp"), ("window_end", "timestamp"), ("payments", "bigint")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
