# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job options.sluice
#
# Sink dear [append] into file
#   Union auction, price, note
#     Filter price > 10e0
#       Source bids: kafka, csv, reads auction, price, note
#     Filter price > 10e0
#       Source lines: file, csv, reads auction, price, note
#
# Sink clock [append] into discard
#   Project timestamp, value, zone as at
#     Union timestamp, value
#       Source ticks: rate, reads timestamp, value
#       Source more: rate, reads timestamp, value
#
# spark-submit --packages org.apache.spark:spark-sql-kafka-0-10_2.13:4.2.0,org.apache.spark:spark-avro_2.13:4.1.1 options.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="options",
    timezone="UTC",
    state_partitions=8,
    watermark_policy="min",
    no_data_batches=True,
    params=[
        sluice.Param("first", T.StringType(), default="bids"),
        sluice.Param("ramp", T.DayTimeIntervalType(), default="PT90S"),
        sluice.Param("zone", T.StringType(), default=lambda: sluice.env("TZ", "UTC")),
    ],
)


def bids(run: sluice.Run) -> DataFrame:
    # source bids, options.sluice:5
    return run.kafka(
        "bids",
        sluice.kafka_client("localhost:9092"),
        ["auction", "price", "note"],
        format="csv",
        schema=T.StructType(
            [
                T.StructField("auction", T.LongType(), False),
                T.StructField("price", T.DoubleType(), False),
                T.StructField("note", T.StringType()),
            ]
        ),
        options={
            "subscribe": ",".join([run.value("first"), "late-bids"]),
            "startingOffsets": "earliest",
            "kafka.isolation.level": "read_committed",
        },
        decoding={"escape": "\"", "nullValue": "-", "multiLine": "false", "emptyAsNull": "false"},
    )


def lines(run: sluice.Run) -> DataFrame:
    # source lines, options.sluice:6
    return run.files(
        "lines",
        "csv",
        "data/lines",
        T.StructType(
            [
                T.StructField("auction", T.LongType(), False),
                T.StructField("price", T.DoubleType(), False),
                T.StructField("note", T.StringType()),
            ]
        ),
        ["auction", "price", "note"],
        options={
            "enforceSchema": False, "multiLine": True, "escape": "\"", "header": True, "sep": ";", "emptyAsNull": True
        },
    )


def ticks(run: sluice.Run) -> DataFrame:
    # source ticks, options.sluice:7
    return run.rate("ticks", ["timestamp", "value"], options={"rowsPerSecond": 100, "rampUpTime": 5})


def more(run: sluice.Run) -> DataFrame:
    # source more, options.sluice:8
    return run.rate(
        "more", ["timestamp", "value"], options={"rowsPerSecond": 100, "rampUpTime": sluice.seconds(run.value("ramp"))}
    )


def dear(run: sluice.Run) -> DataFrame:
    # sink dear [append], options.sluice:10
    rows = bids(run)
    rows = rows.where(F.col("price") > 10.0)
    lines_rows = lines(run)
    lines_rows = lines_rows.where(F.col("price") > 10.0)
    rows = rows.union(lines_rows)
    return rows


def clock(run: sluice.Run) -> DataFrame:
    # sink clock [append], options.sluice:11
    rows = ticks(run)
    more_rows = more(run)
    rows = rows.union(more_rows)
    rows = rows.withColumn("at", run.param("zone"))
    return rows


QUERIES = [
    sluice.Query(
        "dear",
        dear,
        mode="append",
        columns=[("auction", "bigint"), ("price", "double"), ("note", "string")],
        sink=sluice.files("avro", "out/dear", options={"compression": "zstandard"}),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "clock",
        clock,
        mode="append",
        columns=[("timestamp", "timestamp"), ("value", "bigint"), ("at", "string")],
        sink=sluice.discard(),
        trigger=sluice.asap(),
        checkpoint="state/clock",
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
