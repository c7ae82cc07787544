# Emitted by `sluice build --target spark`: change the job and build again.
#
# Job functions.sluice
#
# Sink long_visits [append] into memory
#   Project shorten(page) as page, case when took > 10e0 then shorten(concat("slow ", page)) end as slow
#     Filter user is not null and isLong(took, 3e0)
#       Source visits: file, json, reads page, user, took
#
# Sink by_part [complete] into memory
#   Aggregate key=[part] n=count() longest=max(length(shorten(part)))
#     Project partsRow.part as part
#       Explode parts({ page: page, user: user }) as partsRow
#         Source visits: file, json, reads page, user
#
# Sink pages [append] into memory
#   Aggregate key=[tumbling(at, 10m), shorten(page) as page] n=count()
#     Watermark at − 1m, late drop
#       Filter isLong(took, 1e0)
#         Source visits: file, json, reads at, page, took
#
# Sink mapped [append] into memory
#   Project pageOfRow.page as page, pageOfRow.known as known
#     Project pageOf({ page: page, user: user }) as pageOfRow
#       Source visits: file, json, reads page, user
#
# spark-submit functions.py --checkpoint DIR
#
# The functions are in functions.functions.mjs, which belongs beside this file; the executors need Node.
import sluice_spark as sluice
from pyspark.sql import DataFrame, functions as F, types as T

JOB = sluice.Job(
    name="functions", timezone="UTC", state_partitions=8, watermark_policy="min", no_data_batches=True, params=[]
)

FUNCTIONS = sluice.Functions("functions.functions.mjs")
isLong = FUNCTIONS.function("isLong", T.BooleanType())
shorten = FUNCTIONS.function("shorten", T.StringType())
parts = FUNCTIONS.function(
    "parts", T.ArrayType(T.StructType([T.StructField("user", T.DoubleType()), T.StructField("part", T.StringType())]))
)
pageOf = FUNCTIONS.function(
    "pageOf", T.StructType([T.StructField("page", T.StringType()), T.StructField("known", T.BooleanType())])
)


def visits(run: sluice.Run) -> DataFrame:
    # source visits, functions.sluice:4
    return run.files(
        "visits",
        "json",
        "data/visits",
        T.StructType(
            [
                T.StructField("at", T.TimestampType(), False),
                T.StructField("page", T.StringType(), False),
                T.StructField("user", T.IntegerType()),
                T.StructField("took", T.DoubleType(), False),
            ]
        ),
        ["at", "page", "user", "took"],
        options={"maxFilesPerTrigger": 1},
    )


def long_visits(run: sluice.Run) -> DataFrame:
    # sink long_visits [append], functions.sluice:6
    rows = visits(run).select("page", "user", "took")
    rows = rows.where(F.col("user").isNotNull())
    rows = rows.where(isLong(F.col("took"), F.lit(3.0)))
    rows = rows.select(
        shorten(F.col("page")).alias("page"),
        F.when(
            F.col("took") > 10.0,
            shorten(F.when(F.col("took") > 10.0, F.concat(F.lit("slow "), F.col("page"))), where=F.col("took") > 10.0),
        ).alias("slow"),
    )
    return rows


def by_part(run: sluice.Run) -> DataFrame:
    # sink by_part [complete], functions.sluice:12
    rows = visits(run).select("page", "user")
    rows = rows.withColumn("partsRow", F.explode(parts(F.col("page"), F.col("user"))))
    rows = rows.select(F.col("partsRow").getField("part").alias("part"))
    rows = rows.withColumn("longest", F.length(shorten(F.col("part"))))
    rows = rows.groupBy("part").agg(F.count(F.lit(1)).alias("n"), F.max(F.col("longest")).alias("longest"))
    return rows


def pages(run: sluice.Run) -> DataFrame:
    # sink pages [append], functions.sluice:19
    rows = visits(run).select("at", "page", "took")
    rows = rows.where(isLong(F.col("took"), F.lit(1.0)))
    rows = rows.withWatermark("at", "1 minute")
    rows = rows.withColumn("page_2", shorten(F.col("page")))
    rows = rows.groupBy(
        F.window("at", "10 minutes").alias("window"), F.col("page_2").alias("page")
    ).agg(F.count(F.lit(1)).alias("n"))
    rows = rows.select(
        F.col("window.start").alias("window_start"), F.col("window.end").alias("window_end"), "page", "n"
    )
    return rows


def mapped(run: sluice.Run) -> DataFrame:
    # sink mapped [append], functions.sluice:26
    rows = visits(run).select("page", "user")
    rows = rows.select(pageOf(F.col("page"), F.col("user")).alias("pageOfRow"))
    rows = rows.select(
        F.col("pageOfRow").getField("page").alias("page"), F.col("pageOfRow").getField("known").alias("known")
    )
    return rows


QUERIES = [
    sluice.Query(
        "long_visits",
        long_visits,
        mode="append",
        columns=[("page", "string"), ("slow", "string")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "by_part",
        by_part,
        mode="complete",
        columns=[("part", "string"), ("n", "bigint"), ("longest", "int")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "pages",
        pages,
        mode="append",
        columns=[("window_start", "timestamp"), ("window_end", "timestamp"), ("page", "string"), ("n", "bigint")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
    sluice.Query(
        "mapped",
        mapped,
        mode="append",
        columns=[("page", "string"), ("known", "boolean")],
        sink=sluice.memory(),
        trigger=sluice.asap(),
    ),
]


if __name__ == "__main__":
    sluice.main(JOB, QUERIES)
