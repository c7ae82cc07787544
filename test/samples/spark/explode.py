# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job explode.sluice
#
# Sink tagged [append] into console
#   Project at, tag
#     Explode tags as tag
#       Source visits: file, json, reads at, tags
#
# Sink named [append] into console
#   Project page, tag
#     Explode outer tags as tag
#       Source visits: file, json, reads page, tags
#
# Sink parts [append] into console
#   Project page, part, took
#     Explode times as part, took
#       Source visits: file, json, reads page, times
#
# spark-submit explode.py --checkpoint DIR
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="explode", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, explode.sluice:9
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType(
            [
                T.StructField("at", T.TimestampType(), False),
                T.StructField("page", T.StringType(), False),
                T.StructField("tags", T.ArrayType(T.StringType(), False), False),
                T.StructField("times", T.MapType(T.StringType(), T.IntegerType(), False), False),
            ]
        ),
        ["at", "page", "tags", "times"],
        options={"maxFilesPerTrigger": 1},
    )


def tagged(run: sluice.Run) -> DataFrame:
    # sink tagged [append], explode.sluice:11
    rows = visits(run).select("at", "tags")
    rows = rows.withColumn("tag", F.explode(F.col("tags")))
    rows = rows.drop("tags")
    return rows


def named(run: sluice.Run) -> DataFrame:
    # sink named [append], explode.sluice:12
    rows = visits(run).select("page", "tags")
    rows = rows.withColumn("tag", F.explode_outer(F.col("tags")))
    rows = rows.drop("tags")
    return rows


def parts(run: sluice.Run) -> DataFrame:
    # sink parts [append], explode.sluice:13
    rows = visits(run).select("page", "times")
    rows = rows.select("*", F.explode(F.col("times")).alias("part", "took"))
    rows = rows.drop("times")
    return rows


QUERIES = [
    sluice.Query(
        "tagged",
        tagged,
        mode="append",
        columns=[("at", "timestamp"), ("tag", "string")],
        sink=sluice.console(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "named",
        named,
        mode="append",
        columns=[("page", "string"), ("tag", "string")],
        sink=sluice.console(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "parts",
        parts,
        mode="append",
        columns=[("page", "string"), ("part", "string"), ("took", "int")],
        sink=sluice.console(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
