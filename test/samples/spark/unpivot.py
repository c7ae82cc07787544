# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job unpivot.sluice
#
# Sink measures [append] into console
#   Project at, page, measure, amount
#     Filter amount is not null
#       Expand ×2 measure=["milliseconds", "user"] amount=[ms, user]
#         Project at, page, ms, cast(user as double) as user
#           Source visits: file, json, reads at, page, user, ms
#
# spark-submit unpivot.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="unpivot", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, unpivot.sluice:9
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


def measures(run: sluice.Run) -> DataFrame:
    # sink measures [append], unpivot.sluice:11
    rows = visits(run)
    rows = rows.select("at", "page", "ms", F.col("user").cast("double").alias("user"))
    rows = rows.withColumn(
        "copy",
        F.explode(
            F.array(
                F.struct(F.lit("milliseconds").alias("measure"), F.col("ms").alias("amount")),
                F.struct(F.lit("user").alias("measure"), F.col("user").alias("amount")),
            )
        ),
    )
    rows = rows.select("at", "page", "ms", "user", "copy.measure", "copy.amount")
    rows = rows.where(F.col("amount").isNotNull())
    rows = rows.drop("ms", "user")
    return rows


QUERIES = [
    sluice.Query(
        "measures",
        measures,
        mode="append",
        columns=[("at", "timestamp"), ("page", "string"), ("measure", "string"), ("amount", "double")],
        sink=sluice.console(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
