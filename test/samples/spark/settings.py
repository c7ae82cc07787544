# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job settings.sluice
#
# Sink out [append] into console
#   Project at, page, user, ms, tags, times, name as teller
#     Filter ms > slow
#       Source visits: file, json, reads at, page, user, ms, tags, times
#
# spark-submit settings.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="settings",
    timezone="Europe/Berlin",
    state_partitions=4,
    watermark_policy="max",
    no_data_batches=False,
    params=[
        sluice.Param("slow", T.DoubleType(), default=lambda: F.lit("1000.0").cast("decimal(5,1)").cast("double")),
        sluice.Param("name", T.StringType(), default=lambda: sluice.env("NAME", "nobody")),
    ],
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, settings.sluice:15
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
                T.StructField("tags", T.ArrayType(T.StringType(), False), False),
                T.StructField("times", T.MapType(T.StringType(), T.IntegerType(), False), False),
            ]
        ),
        ["at", "page", "user", "ms", "tags", "times"],
        options={"maxFilesPerTrigger": 1, "timeZone": "Europe/Berlin"},
    )


def out(run: sluice.Run) -> DataFrame:
    # sink out [append], settings.sluice:17
    rows = visits(run)
    rows = rows.where(F.col("ms") > run.param("slow"))
    rows = rows.withColumn("teller", run.param("name"))
    return rows


QUERIES = [
    sluice.Query(
        "out",
        out,
        mode="append",
        columns=[
            ("at", "timestamp"),
            ("page", "string"),
            ("user", "bigint"),
            ("ms", "double"),
            ("tags", "array<string>"),
            ("times", "map<string,int>"),
            ("teller", "string"),
        ],
        sink=sluice.console(),
        trigger=sluice.every("5 seconds"),
        checkpoint="state/out",
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
