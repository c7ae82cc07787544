"""What every program that `sluice build --target spark` writes shares: params, inputs, sinks, runs.

A program declares a `Job` and its queries and calls `main`, which reads the command line:

    spark-submit JOB.py [--param NAME=VALUE]... [--checkpoint DIR] [--available-now | --once | --batch]
                        [--capture FILE] [--sql QUERY [--json]]

Exit codes: 0 done, 1 the program cannot run as it was asked to, 3 a query failed. The first line on stderr says why.
Made for Spark 4.2 and Python 3.9 or later.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import datetime
import glob
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from typing import Any, Callable, Mapping, NoReturn, Optional, Sequence, Union

from pyspark import SparkFiles, cloudpickle
from pyspark.errors import PySparkException, StreamingQueryException
from pyspark.sql import Column, DataFrame, Row, SparkSession, functions as F, types as T
from pyspark.sql.streaming import DataStreamWriter, StreamingQuery

Options = Mapping[str, Union[str, int, bool, None]]

_CORRUPT = "_sluice_malformed"
_RECORD = "_sluice_record"
_WHERE = "_sluice_where"
# A field that no record has: Spark reads no records for their malformed text alone.
_NO_FIELD = T.StructField("_sluice_none", T.StringType())
# Stands for the null of CSV where the empty text is a value; a character for private use, which no file should hold.
_NO_TEXT = "\ue000"

# The variable as it was given: a program that runs has its own.
_ZONE = os.environ.get("TZ")

_OF_FILES = ("maxFilesPerTrigger", "maxBytesPerTrigger", "latestFirst", "maxFileAge", "fileNameOnly", "ignoreMissingFiles", "cleanSource", "sourceArchiveDir")


class UserError(Exception):
    """The program cannot run as it was asked to; the message says what to do."""


# --- the job ---------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Param:
    """A param: read once, when the program starts. `default` is the text that `--param` would give, or a column."""

    name: str
    type: T.DataType
    default: Union[str, None, Callable[[], Union[str, Column]]] = None
    nullable: bool = False


@dataclasses.dataclass(frozen=True)
class Job:
    """What holds for all queries of a program."""

    name: str
    timezone: str = "UTC"
    state_partitions: int = 1
    watermark_policy: str = "min"
    no_data_batches: bool = True
    params: Sequence[Param] = ()


@dataclasses.dataclass(frozen=True)
class Trigger:
    """When a batch is made: the arguments of Spark's `trigger`; none: as soon as the one before is done."""

    arguments: Mapping[str, Any]

    @property
    def is_continuous(self) -> bool:
        return "continuous" in self.arguments


def asap() -> Trigger:
    return Trigger({})


def every(interval: str) -> Trigger:
    return Trigger({"processingTime": interval})


def once() -> Trigger:
    return Trigger({"once": True})


def available_now() -> Trigger:
    return Trigger({"availableNow": True})


def continuous(interval: str) -> Trigger:
    return Trigger({"continuous": interval})


@dataclasses.dataclass(frozen=True)
class Query:
    """A sink with what goes into it. `sink`, `trigger` and `checkpoint` are functions of the run where they hang on params."""

    name: str
    build: Callable[["Run"], DataFrame]
    sink: Any
    mode: str = "append"
    columns: Sequence[tuple[str, str]] = ()
    trigger: Any = dataclasses.field(default_factory=asap)
    checkpoint: Any = None


def env(name: str, default: Optional[str] = None) -> str:
    """A variable of the environment."""
    found = _ZONE if name == "TZ" else os.environ.get(name)
    value = default if found is None else found
    if value is None:
        raise UserError(f"the variable {name} is not set; set it, or give the param by --param")
    return value


def _take_utc() -> None:
    """Python's values of timestamps are in the zone of its process."""
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()


def span(value: datetime.timedelta) -> str:
    """A duration as Spark's options and triggers take it."""
    micros = value // datetime.timedelta(microseconds=1)
    return f"{micros // 1000} milliseconds" if micros % 1000 == 0 else f"{micros} microseconds"


def millis(value: datetime.timedelta) -> str:
    """The milliseconds of a duration; more than none is at least one."""
    return str(-(-value // datetime.timedelta(milliseconds=1)))


def seconds(value: datetime.timedelta) -> str:
    """The whole seconds of a duration."""
    return str(value // datetime.timedelta(seconds=1))


# --- inputs ----------------------------------------------------------------------------------------------------------


class Run:
    """One run of a program: its session, its params, and the inputs that its queries read."""

    def __init__(self, job: Job, spark: SparkSession, given: Mapping[str, str], batch: bool = False) -> None:
        self.job = job
        self.spark = spark
        self.batch = batch
        for name in given:
            if name not in {param.name for param in job.params}:
                known = ", ".join(param.name for param in job.params)
                raise UserError(f"the job {job.name} has no param `{name}`; " + (f"its params: {known}" if known else "it has no params"))
        self._texts: dict[str, Optional[str]] = {param.name: _param_text(spark, param, given) for param in job.params}
        self._types = {param.name: param for param in job.params}
        self._by_place: dict[str, bool] = {}
        self._values = {param.name: self._read(param) for param in job.params}

    def param(self, name: str) -> Column:
        """A param as a column of its type."""
        param, value = self._types[name], self._values[name]
        if value is None:
            return F.lit(None).cast(param.type)
        if isinstance(param.type, T.DayTimeIntervalType):
            return F.lit(value)
        return F.lit(self._texts[name]).cast(param.type)

    def value(self, name: str) -> Any:
        """A param as a value of Python: a duration is a `timedelta`, a timestamp its microseconds since 1970."""
        return self._values[name]

    def computed(self, column: Column) -> Any:
        """What a column of params alone comes to, as a value of Python in the forms of `value`."""
        frame = self.spark.range(1).select(column.alias("value"))
        if isinstance(frame.schema[0].dataType, T.TimestampType):
            frame = frame.select(F.unix_micros("value"))
        return frame.collect()[0][0]

    def _read(self, param: Param) -> Any:
        text = self._texts[param.name]
        if text is None or isinstance(param.type, T.StringType):
            return text
        if isinstance(param.type, T.DayTimeIntervalType):
            value: Any = duration_of(text)
        else:
            cast = f"try_cast(:text AS {param.type.simpleString()})"
            found = f"unix_micros({cast})" if isinstance(param.type, T.TimestampType) else cast
            value = self.spark.sql(f"SELECT {found} AS value", args={"text": text}).collect()[0]["value"]
        if value is None:
            raise UserError(f"the param `{param.name}` is declared {param.type.simpleString()}, and {json.dumps(text)} is none; give it by --param {param.name}=...")
        return value

    def files(
        self,
        name: str,
        format: str,
        path: str,
        schema: T.StructType,
        read: Sequence[str],
        needed: Optional[Sequence[str]] = None,
        malformed: str = "fail",
        table: bool = False,
        options: Optional[Options] = None,
    ) -> DataFrame:
        """
        The columns `read` of files, `_file` may be among them. A record is malformed where Spark says so, or where a column of `needed` (all,
        unless given) that may not be null is null.
        """
        if format == "json" and not schema.names:
            schema = T.StructType([_NO_FIELD])
        reader: Any = self.spark.read if table or self.batch else self.spark.readStream
        given = _given(options)
        if format == "csv" and given.get("header") is True and given.get("enforceSchema") is not True:
            if not self._is_by_place(name, path, schema.names, given, waits=not table and not self.batch):
                return self._by_header(reader, name, path, schema, read, needed, malformed, given)
        reader = reader.format(format).options(**{name: value for name, value in given.items() if name != "emptyAsNull"}).schema(T.StructType(list(schema)))
        checks = format in ("json", "csv")
        if checks:
            fields = [*schema, T.StructField(_CORRUPT, T.StringType())]
            reader = reader.schema(T.StructType(fields)).option("mode", "PERMISSIVE").option("columnNameOfCorruptRecord", _CORRUPT)
            if format == "csv" and not (options or {}).get("nullValue") and "emptyValue" not in (options or {}) and not (options or {}).get("emptyAsNull"):
                reader = reader.option("nullValue", _NO_TEXT)
        elif format == "text":
            reader = reader.schema(T.StructType([T.StructField("value", T.StringType())]))
        located, prefix = self._located(path)
        frame = reader.load(located)
        if format == "text":
            frame = frame.withColumnsRenamed({"value": schema[0].name})
        metadata = F.col("_metadata")
        types = {field.name: field.dataType for field in schema} if format == "json" else {}
        columns = [_last_of_keys(F.col(_quoted(column)), types.get(column)).alias(column) for column in frame.columns]
        where = F.lit("")
        if malformed == "fail":
            columns.append(metadata["file_path"].alias(_WHERE))
            where = F.col(_WHERE)
        if "_file" in read and "_file" not in frame.columns:
            columns.append(_file_of(metadata, prefix).alias("_file"))
        frame = frame.select(columns)
        bad = F.col(_CORRUPT).isNotNull() if checks else ~F.is_valid_utf8(_quoted(schema[0].name)) if format == "text" else None
        text = F.col(_CORRUPT) if checks else None
        return _apart(_accepted(frame, name, schema, read, needed, malformed, bad, text, where, touches=checks), name, schema)

    def _is_by_place(self, name: str, path: str, names: Sequence[str], options: Options, waits: bool) -> bool:
        """Whether Spark is to find the columns of an input by their place: looked up once for all queries, which then agree."""
        if name not in self._by_place:
            files = self._local_files(path)
            self._by_place[name] = (waits and not files) or self._headers_agree(path, files, names, options)
        return self._by_place[name]

    def _local_files(self, path: str) -> list[str]:
        """The files that a local path leads to now."""
        if not _is_local(self.spark, path):
            return []
        absolute = os.path.join(os.getcwd(), path)
        places = [absolute] if os.path.exists(absolute) else glob.glob(absolute)
        files = [os.path.join(place, name) for place in places if os.path.isdir(place) for name in os.listdir(place)] + places
        return [file for file in files if os.path.isfile(file) and not os.path.basename(file).startswith(("_", "."))]

    def _headers_agree(self, path: str, files: Sequence[str], names: Sequence[str], options: Options) -> bool:
        """Whether all files have the columns `names`, in this order, so that Spark finds them by their place."""
        if not _is_local(self.spark, path) or re.search(r"[{}]", path):
            return False
        separator, encoding = str(options.get("sep", ",")), str(options.get("encoding", "utf-8"))
        for file in files:
            if file.endswith((".zst", ".zstd")):
                return False
            with gzip.open(file) if file.endswith(".gz") else open(file, "rb") as opened:
                line = opened.readline().decode(encoding, "replace").rstrip("\r\n")
            if line.strip() and line.split(separator) != list(names):
                return False
        return True

    def _by_header(
        self,
        reader: Any,
        name: str,
        path: str,
        schema: T.StructType,
        read: Sequence[str],
        needed: Optional[Sequence[str]],
        malformed: str,
        options: Mapping[str, Any],
    ) -> DataFrame:
        """CSV whose columns are found by the names in each file's header: files are read as texts, and their fields put in order."""
        located, prefix = self._located(path)
        streaming = {name: value for name, value in options.items() if name in _OF_FILES}
        content = reader.format("text").schema("value STRING").options(**streaming).option("wholetext", True).load(located)
        text = F.decode(F.col("value").cast("binary"), str(options["encoding"])) if "encoding" in options else F.col("value")
        records = F.udf(_records_by_header(schema.names, options), T.ArrayType(T.StringType()), useArrow=False)
        metadata = F.col("_metadata")
        hidden = [_file_of(metadata, prefix).alias("_file")] if "_file" in read and "_file" not in schema.names else []
        frame = content.select(records(text).alias("_sluice_records"), metadata["file_path"].alias(_WHERE), *hidden)
        kept = [column for column in frame.columns if column != "_sluice_records"]
        frame = frame.select(F.explode("_sluice_records").alias(_RECORD), *kept).withColumn(_RECORD, F.col(_RECORD).cast("binary"))
        decoding = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in options.items() if name not in (*_OF_FILES, "header", "comment", "encoding", "emptyAsNull")}
        if options.get("emptyAsNull") is True:
            decoding["emptyAsNull"] = "true"
        return self._decoded(frame, name, "csv", schema, read, needed, malformed, decoding, None, takes_empty=True)

    def _located(self, path: str) -> tuple[str, str]:
        """The path as Spark takes it, and what of a file's path the job did not write."""
        if not path:
            raise UserError("a path is empty")
        if not _is_local(self.spark, path):
            return path, ""
        folder = "" if os.path.isabs(path) else os.getcwd().rstrip("/") + "/"
        absolute = os.path.normpath(folder + path)
        literal = os.path.exists(absolute)
        for place in [absolute] if literal else glob.glob(absolute):
            if os.path.isdir(place):
                _check_folder(place)
        escaped = re.sub(r"([*?\[\]{}\\])", r"\\\1", absolute if literal else folder)
        return escaped if literal else escaped + path, folder

    def kafka(
        self,
        name: str,
        client: Options,
        read: Sequence[str],
        format: Optional[str] = None,
        schema: Optional[T.StructType] = None,
        needed: Optional[Sequence[str]] = None,
        malformed: str = "fail",
        table: bool = False,
        options: Optional[Options] = None,
        decoding: Optional[Mapping[str, str]] = None,
        max_bytes: Optional[int] = None,
    ) -> DataFrame:
        """The messages of topics: their own columns, or with a `format` the columns `read` of their values, `_kafka` may be among them."""
        given = {**_given(client), **_given(options)}
        static = table or self.batch
        if static:
            for option in ("maxOffsetsPerTrigger", "minOffsetsPerTrigger", "maxTriggerDelay"):
                given.pop(option, None)
            if given.get("startingOffsets") == "latest":
                raise UserError(f"`{name}` starts at its latest offsets, so a run as a whole reads nothing of it")
        reader: Any = self.spark.read if static else self.spark.readStream
        frame = reader.format("kafka").option("includeHeaders", True).options(**given).load()
        none = F.array().cast("array<struct<key:string,value:binary>>")
        frame = frame.withColumn("headers", F.coalesce("headers", none))
        if table and not self.batch:
            # A table is what the topics hold when the run begins; Spark would look again in each batch.
            frame = frame.localCheckpoint()
        if format is None or schema is None:
            return frame.select([F.col(column) for column in read])
        where = F.concat(F.lit("topic "), "topic", F.lit(", partition "), "partition", F.lit(", offset "), "offset")
        message = F.struct("key", "value", "topic", "partition", "offset", "timestamp", "timestampType", "headers")
        hidden = [message.alias("_kafka")] if "_kafka" in read and "_kafka" not in schema.names else []
        frame = frame.select(F.col("value").alias(_RECORD), where.alias(_WHERE), *hidden)
        too_long = F.length(_RECORD) > max_bytes if max_bytes is not None else None
        return self._decoded(frame, name, format, schema, read, needed, malformed, decoding or {}, too_long)

    def socket(
        self,
        name: str,
        host: str,
        port: int,
        read: Sequence[str],
        format: str = "text",
        schema: Optional[T.StructType] = None,
        needed: Optional[Sequence[str]] = None,
        malformed: str = "fail",
        decoding: Optional[Mapping[str, str]] = None,
    ) -> DataFrame:
        """Lines from a TCP server. Spark keeps none of them: what is not yet through when the program dies is lost."""
        if self.batch:
            raise UserError(f"`{name}` reads from a socket, which has no end; leave out --batch")
        frame = self.spark.readStream.format("socket").option("host", host).option("port", port).load()
        declared = schema or T.StructType([T.StructField("value", T.StringType(), False)])
        frame = frame.select(F.col("value").cast("binary").alias(_RECORD), F.lit("socket").alias(_WHERE))
        return self._decoded(frame, name, format, declared, read, needed, malformed, decoding or {}, None)

    def rate(self, name: str, read: Sequence[str], options: Optional[Options] = None) -> DataFrame:
        """Numbered rows, by the clock or with `rowsPerBatch` by the batch."""
        if self.batch:
            raise UserError(f"`{name}` reads rows at a rate, which have no end; leave out --batch")
        given = _given(options)
        format = "rate-micro-batch" if "rowsPerBatch" in given else "rate"
        return self.spark.readStream.format(format).options(**given).load().select([F.col(column) for column in read])

    def _decoded(
        self,
        frame: DataFrame,
        name: str,
        format: str,
        schema: T.StructType,
        read: Sequence[str],
        needed: Optional[Sequence[str]],
        malformed: str,
        decoding: Mapping[str, str],
        too_long: Optional[Column],
        takes_empty: bool = False,
    ) -> DataFrame:
        """Records that stand in the binary column `_RECORD`, one each."""
        text = F.col(_RECORD).cast("string")
        options = dict(decoding, mode="PERMISSIVE", columnNameOfCorruptRecord=_CORRUPT)
        corrupt = T.StructField(_CORRUPT, T.StringType())
        if format == "text":
            record = F.struct(text.alias(schema[0].name), F.lit(None).cast("string").alias(_CORRUPT))
            bad = F.col(_RECORD).isNull()
        elif format == "json":
            record = F.from_json(text, T.StructType([*schema, corrupt]), options)
            bad = F.col(_WHERE).isNull()
        elif format == "csv":
            if not options.get("nullValue") and "emptyValue" not in options and not options.get("emptyAsNull"):
                options["nullValue"] = _NO_TEXT
            # A field that nobody needs may be any text.
            used = [field if needed is None or field.name in needed or field.name in read else T.StructField(field.name, T.StringType()) for field in schema]
            schema = T.StructType(used)
            listed = ", ".join(f"{_quoted(field.name)} {field.dataType.simpleString()}" for field in [*schema, corrupt])
            options.pop("emptyAsNull", None)
            record = F.from_csv(text, F.lit(listed), options)
            bad = F.col(_RECORD).isNull() if takes_empty else F.length(_RECORD) == 0
        else:
            from pyspark.sql.avro.functions import from_avro

            writer = options.pop("schema")
            record = from_avro(_RECORD, writer, {"mode": "PERMISSIVE"})
            bad = F.col(_RECORD).isNull()
        kept = [column for column in frame.columns]
        frame = frame.select(*kept, record.alias("_sluice_decoded"))
        fields = F.col("_sluice_decoded")
        bad = F.coalesce(bad, F.lit(True)) | fields.isNull()
        if format != "avro":
            bad = bad | fields[_CORRUPT].isNotNull() | ~F.coalesce(F.is_valid_utf8(F.col(_RECORD).cast("string")), F.lit(False))
        if too_long is not None:
            bad = bad | F.coalesce(too_long, F.lit(False))
        frame = frame.select(*kept, bad.alias(_CORRUPT), *[_last_of_keys(fields[field.name], field.dataType if format == "json" else None).alias(field.name) for field in schema])
        return _apart(_accepted(frame, name, schema, read, needed, malformed, F.col(_CORRUPT), text, F.col(_WHERE), touches=False), name, schema)


def _accepted(
    frame: DataFrame,
    name: str,
    schema: T.StructType,
    read: Sequence[str],
    needed: Optional[Sequence[str]],
    malformed: str,
    bad: Optional[Column],
    text: Optional[Column],
    where: Column,
    touches: bool,
) -> DataFrame:
    """
    The records that are what the schema says. It is decided before any condition of the job: the filter is tied to the partition's
    number, which keeps the optimizer from moving others below it, and reads every column that is needed, so that all are decoded.
    """
    checked = [field for field in schema if needed is None or field.name in needed]
    conditions = [bad] if bad is not None else []
    for field in checked:
        lacks = _lacks(F.col(_quoted(field.name)), field.dataType, field.nullable)
        if lacks is not None:
            conditions.append(lacks)
    if touches:
        held = [F.to_json(F.struct(_quoted(field.name))) if _holds(field.dataType, T.MapType) else F.col(_quoted(field.name)) for field in checked]
        if held:
            conditions.append(F.hash(*held) < F.lit(-2147483648))
    columns = [F.col(_quoted(column)) for column in read]
    if not conditions:
        return frame.select(columns)
    is_bad = conditions[0]
    for condition in conditions[1:]:
        is_bad = is_bad | condition
    if malformed == "null":
        return frame.select([F.when(~is_bad, F.col(_quoted(column))).alias(column) if column in schema.names else F.col(column) for column in read])
    good = ~is_bad
    if malformed == "fail":
        lacking = F.lit("a column that may not be null is null")
        excerpt = lacking if text is None else F.substring(F.coalesce(text, lacking), 1, 200)
        error = F.concat(F.lit(f"malformed record of `{name}` in "), where, F.lit(": "), excerpt)
        good = F.when(good, F.lit(True)).otherwise(F.raise_error(error).cast("boolean"))
    return frame.where(good & (F.spark_partition_id() >= 0)).select(columns)


def _records_by_header(names: Sequence[str], options: Mapping[str, Any]) -> Callable[[Optional[str]], list[Optional[str]]]:
    """
    What makes of a file's text its records, with the fields `names` in this order, as they are written; none for one of another length
    than the header. It runs on executors, which have not this module: it refers to nothing of it.
    """
    separator, quote, escape = str(options.get("sep", ",")), str(options.get("quote", '"')), str(options.get("escape", '"'))
    comment, lines = str(options.get("comment", "")), options.get("multiLine") is not False
    leading = options.get("ignoreLeadingWhiteSpace") is True
    names = list(names)

    def records(content):  # pyspark would read type hints as a kind of its own.
        text = (content or "").lstrip("\ufeff")
        end, at = len(text), 0
        order: Optional[list[int]] = None
        width = 0
        found: list[Optional[str]] = []
        while at < end:
            fields: list[str] = []
            is_comment = comment != "" and text.startswith(comment, at)
            while True:
                start = at
                while leading and at < end and text[at] in " \t":
                    at += 1
                if quote and not is_comment and text.startswith(quote, at):
                    at += 1
                    while at < end and (lines or text[at] not in "\r\n"):
                        if text[at] == escape and (escape != quote or text.startswith(quote, at + 1)):
                            at += 2
                        elif text[at] == quote:
                            at += 1
                            break
                        else:
                            at += 1
                while at < end and text[at] not in "\r\n" and (is_comment or not text.startswith(separator, at)):
                    at += 1
                fields.append(text[start:at])
                if at >= end or text[at] in "\r\n":
                    at += 2 if text.startswith("\r\n", at) else 1
                    break
                at += len(separator)
            if is_comment or fields == [""]:
                continue
            if order is None:
                plain = [field.strip() if leading else field for field in fields]
                plain = [field[1:-1].replace(escape + quote, quote) if quote and len(field) > 1 and field[0] == quote == field[-1] else field for field in plain]
                missing = [name for name in names if name not in plain]
                if missing:
                    raise ValueError(f"the header of a file has no column {missing[0]}")
                order, width = [plain.index(name) for name in names], len(fields)
                continue
            found.append(separator.join(fields[place] for place in order) if len(fields) == width else None)
        return found

    return records


def _lacks(column: Column, type: T.DataType, nullable: bool) -> Optional[Column]:
    """Whether a value, or one within it, is null and may not be; None where all may."""
    inner: Optional[Column] = None
    if isinstance(type, T.StructType):
        for field in type:
            lacks = _lacks(column[field.name], field.dataType, field.nullable)
            if lacks is not None:
                inner = lacks if inner is None else inner | lacks
        if inner is not None:
            inner = column.isNotNull() & inner
    elif isinstance(type, T.ArrayType):
        inner = _any_lacks(column, type.elementType, type.containsNull)
    elif isinstance(type, T.MapType):
        inner = _any_lacks(F.map_values(column), type.valueType, type.valueContainsNull)
    if nullable:
        return inner
    return column.isNull() if inner is None else column.isNull() | inner


def _any_lacks(items: Column, type: T.DataType, nullable: bool) -> Optional[Column]:
    if _lacks(F.lit(None), type, nullable) is None:
        return None
    return F.coalesce(F.exists(items, lambda item: _some(_lacks(item, type, nullable))), F.lit(False))


def _some(column: Optional[Column]) -> Column:
    return F.lit(False) if column is None else column


def _holds(type: T.DataType, *kinds: type[T.DataType]) -> bool:
    """Whether a type is one of these kinds, or has one anywhere within."""
    if isinstance(type, kinds):
        return True
    if isinstance(type, T.StructType):
        return any(_holds(field.dataType, *kinds) for field in type)
    if isinstance(type, T.ArrayType):
        return _holds(type.elementType, *kinds)
    return isinstance(type, T.MapType) and (_holds(type.keyType, *kinds) or _holds(type.valueType, *kinds))


def _within(column: Column, type: Union[T.StructType, T.ArrayType], change: Callable[[Column, T.DataType], Column]) -> Column:
    """A record or a list with each of its parts changed."""
    if isinstance(type, T.StructType):
        fields = [change(column[field.name], field.dataType).alias(field.name) for field in type]
        return F.when(column.isNotNull(), F.struct(*fields))
    element = type.elementType
    return F.transform(column, lambda item: change(item, element))


def _last_of_keys(column: Column, type: Optional[T.DataType]) -> Column:
    """A value of JSON, in whose maps the last of equal keys counts; Spark's reader keeps all of them."""
    if type is None or not _holds(type, T.MapType):
        return column
    if isinstance(type, (T.StructType, T.ArrayType)):
        return _within(column, type, _last_of_keys)
    assert isinstance(type, T.MapType)
    value_type = type.valueType
    keys = F.array_distinct(F.map_keys(column))
    last = F.transform(keys, lambda key: F.element_at(F.filter(F.map_entries(column), lambda entry: entry["key"] == key), -1)["value"])
    once = F.when(F.size(keys) < F.size(column), F.map_from_arrays(keys, last)).otherwise(column)
    return F.transform_values(once, lambda _, value: _last_of_keys(value, value_type)) if _holds(value_type, T.MapType) else once


def _apart(frame: DataFrame, name: str, schema: T.StructType) -> DataFrame:
    """
    Keeps what `_last_of_keys` computes out of what the job computes: Spark cannot give a function of Python arguments in which functions
    of higher order stand, and would put them there.
    """
    if not _holds(schema, T.MapType):
        return frame
    return frame.observe(f"records of {name}", F.count(F.lit(1)))


def _file_of(metadata: Column, prefix: str) -> Column:
    """`_file` of a row: paths as the job's own leads to them."""
    decoded = F.url_decode(F.replace(metadata["file_path"], F.lit("+"), F.lit("%2B")))
    path = F.regexp_replace(decoded, "^file:(?://(?=/))?" + (f"(?:\\Q{prefix}\\E)?" if prefix else ""), "")
    return F.struct(
        path.alias("path"),
        F.substring_index(path, "/", -1).alias("name"),
        metadata["file_size"].alias("size"),
        metadata["file_modification_time"].alias("modified"),
    )


def _check_folder(folder: str) -> None:
    """Refuses folders of which Spark would read other files than Sluice does."""
    for name in os.listdir(folder):
        if name == "_sluice":
            raise UserError(f"{folder} was written by a sink of Sluice on Node, whose list of files Spark does not know; read a copy of it")
        if "=" in name and not name.startswith(".") and (name.startswith("_") or os.path.isdir(os.path.join(folder, name))):
            raise UserError(f"{folder} holds {name}, which Spark would read as well; move it, or read the files by a pattern such as *.json")


def kafka_client(
    brokers: str,
    tls: Optional[bool] = False,
    tls_ca: Optional[str] = None,
    tls_certificate: Optional[str] = None,
    tls_key: Optional[str] = None,
    tls_passphrase: Optional[str] = None,
    sasl: Optional[str] = None,
    username: str = "",
    password: str = "",
) -> dict[str, str]:
    """How brokers are reached, as options of Spark's Kafka connector; certificates are paths of PEM files, read where the program starts."""
    protocol = ("SASL_" if sasl else "") + ("SSL" if tls else "PLAINTEXT")
    options = {"kafka.bootstrap.servers": brokers, "kafka.security.protocol": protocol}
    if sasl:
        plain = sasl == "plain"
        module = "org.apache.kafka.common.security." + ("plain.PlainLoginModule" if plain else "scram.ScramLoginModule")
        options["kafka.sasl.mechanism"] = sasl.upper()
        options["kafka.sasl.jaas.config"] = f"{module} required username={_jaas(username)} password={_jaas(password)};"
    if tls and tls_ca:
        options.update({"kafka.ssl.truststore.type": "PEM", "kafka.ssl.truststore.certificates": _pem("tlsCa", tls_ca)})
    if tls and tls_certificate and tls_key:
        options["kafka.ssl.keystore.type"] = "PEM"
        options["kafka.ssl.keystore.certificate.chain"] = _pem("tlsCertificate", tls_certificate)
        options["kafka.ssl.keystore.key"] = _pem("tlsKey", tls_key)
        if tls_passphrase:
            options["kafka.ssl.key.password"] = tls_passphrase
    return options


def _jaas(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _pem(option: str, path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise UserError(f"`{option}` of kafka names {path}, which cannot be read: {error.strerror}; give the path of a PEM file") from error


def _is_local(spark: SparkSession, path: str) -> bool:
    context: Any = spark.sparkContext
    usual = str(context._jsc.hadoopConfiguration().get("fs.defaultFS", "file:///"))
    return usual.startswith("file:") and not re.match(r"^[A-Za-z][A-Za-z0-9+.-]*:", path)


def _written(spark: SparkSession, path: str) -> str:
    """A path to write to: relative to the working directory of the program, which need not be the JVM's."""
    return os.path.abspath(path) if _is_local(spark, path) else path


def _exists(spark: SparkSession, path: str) -> bool:
    if _is_local(spark, path):
        return os.path.exists(path)
    context: Any = spark.sparkContext
    there = context._jvm.org.apache.hadoop.fs.Path(path)
    return bool(there.getFileSystem(context._jsc.hadoopConfiguration()).exists(there))


def _given(options: Optional[Options]) -> dict[str, Union[str, int, bool]]:
    return {name: value for name, value in (options or {}).items() if value is not None}


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _param_text(spark: SparkSession, param: Param, given: Mapping[str, str]) -> Optional[str]:
    if param.name in given:
        return None if param.nullable and given[param.name] == "null" else given[param.name]
    text = param.default() if callable(param.default) else param.default
    if isinstance(text, Column):
        value = _plain(text.cast(param.type), param.type).cast("string")
        text = spark.range(1).select(value).collect()[0][0]
    if text is None and not param.nullable:
        raise UserError(f"the param `{param.name}` has no value; give it by --param {param.name}=...")
    return text


# What JavaScript takes for white space: a param means the same on both targets.
_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_CONTROLS = "".join(map(chr, [*range(0x21), 0x7F]))
_CLOCK = re.compile(r"([+-]?)([0-9]+) ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\.([0-9]{1,9}))?")
_LITERAL = re.compile(rf"INTERVAL[{_SPACE}]+([+-]?)'([^']*)'[{_SPACE}]+DAY[{_SPACE}]+TO[{_SPACE}]+SECOND", re.IGNORECASE | re.ASCII)
_ISO = re.compile(r"([+-]?)P(?=[0-9T])(?:([0-9]+)D)?(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]{1,6}))?S)?)?")
_SECOND, _MINUTE, _HOUR, _DAY = 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000
_UNITS = {"microsecond": 1, "ms": 1000, "millisecond": 1000, "second": _SECOND, "minute": _MINUTE, "hour": _HOUR, "day": _DAY, "week": 7 * _DAY}


def duration_of(text: str) -> Optional[datetime.timedelta]:
    """
    Reads `1 02:03:04.5`, with or without `INTERVAL '...' DAY TO SECOND`, ISO-8601's `PT5M`, and the language's words, `1 hour 30 minutes`, as Sluice
    does on Node, in whole microseconds; None for other texts, and for durations of more microseconds than a double counts.
    """
    trimmed = text.strip(_CONTROLS)
    literal = _LITERAL.fullmatch(trimmed)
    clock = _CLOCK.fullmatch(literal[2] if literal else trimmed)
    micros = _clock_micros(clock, literal[1] if literal else "") if clock else None if literal else _iso_micros(trimmed)
    if micros is None:
        micros = _words_micros(text)
    return None if micros is None or abs(micros) >= 2**53 else datetime.timedelta(microseconds=micros)


def _clock_micros(clock: re.Match[str], outer: str) -> Optional[int]:
    sign, days, hours, minutes, seconds, fraction = clock.groups()
    if int(hours) > 23 or int(minutes) > 59 or int(seconds) > 59:
        return None
    micros = _count(days) * _DAY + int(hours) * _HOUR + int(minutes) * _MINUTE + int(seconds) * _SECOND + int((fraction or "")[:6].ljust(6, "0"))
    return micros if (sign == "-") == (outer == "-") else -micros


def _iso_micros(text: str) -> Optional[int]:
    iso = _ISO.fullmatch(text)
    if not iso:
        return None
    sign, days, hours, minutes, seconds, fraction = (part or "0" for part in iso.groups())
    micros = _count(days) * _DAY + _count(hours) * _HOUR + _count(minutes) * _MINUTE + _count(seconds) * _SECOND + int(fraction.ljust(6, "0"))
    return -micros if sign == "-" else micros


def _words_micros(text: str) -> Optional[int]:
    words = re.split(r"[ \t]+", text.strip(_SPACE))
    if len(words) % 2 != 0:
        return None
    micros = 0
    for count, word in zip(words[::2], words[1::2]):
        unit = _UNITS.get(word) or (_UNITS.get(word[:-1]) if len(word) > 3 and word.endswith("s") else None)
        if unit is None or not re.fullmatch("[0-9]+", count):
            return None
        micros += _count(count) * unit
    return micros


def _count(digits: str) -> int:
    """Of a number with more than twenty digits the first ones, which are too many already: Python reads no longer ones."""
    return int(digits.lstrip("0")[:20] or 0)


# --- values as text --------------------------------------------------------------------------------------------------


def _plain(column: Column, type: T.DataType) -> Column:
    """A value whose timestamps and durations are texts in Sluice's forms; Spark's own cut timestamps to milliseconds."""
    if isinstance(type, T.TimestampType):
        return F.regexp_replace(F.date_format(column, "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXXXX"), r"(\.\d{3})000", "$1")
    if isinstance(type, T.DayTimeIntervalType):
        return _duration_text(column)
    if not _holds(type, T.TimestampType, T.DayTimeIntervalType):
        return column
    if isinstance(type, (T.StructType, T.ArrayType)):
        return _within(column, type, _plain)
    assert isinstance(type, T.MapType)
    key, value = type.keyType, type.valueType
    return F.map_from_entries(F.transform(F.map_entries(column), lambda entry: F.struct(_plain(entry["key"], key), _plain(entry["value"], value))))


def _duration_text(column: Column) -> Column:
    length = F.abs(column).cast(T.DayTimeIntervalType())
    seconds = F.regexp_replace(F.regexp_replace(F.extract(F.lit("SECOND"), length).cast("string"), r"(\.\d*?)0+$", "$1"), r"\.$", "")
    parts = {"H": F.extract(F.lit("HOUR"), length), "M": F.extract(F.lit("MINUTE"), length)}
    clock = F.concat(*[F.when(part != 0, F.concat(part.cast("string"), F.lit(unit))).otherwise(F.lit("")) for unit, part in parts.items()], F.when(seconds != "0", F.concat(seconds, F.lit("S"))).otherwise(F.lit("")))
    days = F.extract(F.lit("DAY"), length)
    date = F.when(days != 0, F.concat(days.cast("string"), F.lit("D"))).otherwise(F.lit(""))
    text = F.concat(F.lit("P"), date, F.when(clock != "", F.concat(F.lit("T"), clock)).otherwise(F.when(date == "", F.lit("T0S")).otherwise(F.lit(""))))
    sign = F.when(column < F.lit(datetime.timedelta(0)), F.lit("-")).otherwise(F.lit(""))
    return F.when(column.isNotNull(), F.concat(sign, text))


def _plain_columns(frame: DataFrame, without: Sequence[str] = ()) -> list[Column]:
    return [_plain(F.col(_quoted(field.name)), field.dataType).alias(field.name) for field in frame.schema if field.name not in without]


def _row_json(frame: DataFrame, without: Sequence[str] = ()) -> Column:
    return F.to_json(F.struct(*_plain_columns(frame, without)), {"ignoreNullFields": "false"})


def _as_bytes(frame: DataFrame, column: Column, always_json: bool = False) -> Column:
    """A text or bytes as they are; anything else as JSON."""
    type = frame.select(column.alias("value")).schema[0].dataType
    if isinstance(type, T.NullType):
        return F.lit(None).cast("binary")
    if not always_json and isinstance(type, (T.StringType, T.BinaryType)):
        return column.cast("binary")
    listed = F.to_json(F.array(_plain(column, type)), {"ignoreNullFields": "false"})
    return F.when(column.isNotNull(), F.substr(listed, F.lit(2), F.length(listed) - 2)).cast("binary")


# --- sinks -----------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Sink:
    """A sink of Spark's own: its format, its options, and the frame that it is given."""

    format: str
    options: Options = dataclasses.field(default_factory=dict)
    prepare: Callable[[DataFrame], DataFrame] = lambda frame: frame
    partition_by: Sequence[str] = ()
    needs_checkpoint: bool = False
    unwritten: Sequence[str] = ()

    def _options(self, frame: DataFrame) -> dict[str, Union[str, int, bool]]:
        given = _given(self.options)
        return {**given, "path": _written(frame.sparkSession, str(given["path"]))} if "path" in given else given

    def stream(self, frame: DataFrame) -> DataStreamWriter:
        writer = self.prepare(frame).writeStream.format(self.format).options(**self._options(frame))
        return writer.partitionBy(*self.partition_by) if self.partition_by else writer

    def write(self, frame: DataFrame) -> None:
        if self.format == "console":
            given = _given(self.options)
            frame.show(int(given.get("numRows", 20)), bool(given.get("truncate", True)))
            return
        writer = self.prepare(frame).write.format(self.format).options(**self._options(frame))
        mode = "append" if self.format in ("kafka", "noop") else "errorifexists"
        (writer.partitionBy(*self.partition_by) if self.partition_by else writer).mode(mode).save()


class Memory:
    """A table with the query's name: all rows in append, the last result in complete, by `key` the newest row of each in update."""

    needs_checkpoint = False
    unwritten: Sequence[str] = ()

    def __init__(self, key: Optional[Sequence[str]] = None) -> None:
        self._key = key
        self._rows: list[Row] = []
        self._by_key: dict[str, Row] = {}

    def take(self, frame: DataFrame, mode: str) -> None:
        rows = frame.collect()
        if mode == "complete":
            self._rows = rows
        elif mode == "update" and self._key:
            for row in rows:
                self._by_key[repr([row[name] for name in self._key])] = row
        else:
            self._rows = [*self._rows, *rows]

    def show(self, spark: SparkSession, name: str, schema: T.StructType) -> None:
        spark.createDataFrame([*self._rows, *self._by_key.values()], schema).createOrReplaceTempView(_quoted(name))


def memory(key: Optional[Sequence[str]] = None) -> Memory:
    return Memory(key)


def console(rows: Optional[int] = None, truncate: Optional[bool] = None) -> Sink:
    return Sink("console", {"numRows": rows, "truncate": truncate})


def discard() -> Sink:
    return Sink("noop")


def files(format: str, path: str, options: Optional[Options] = None, partition_by: Sequence[str] = ()) -> Sink:
    """Files of a folder; a manifest of Spark's lists those that count."""

    def prepare(frame: DataFrame) -> DataFrame:
        if format in ("json", "csv", "text"):
            frame = frame.select(_plain_columns(frame))
        if format == "csv":
            return frame.select([F.base64(_quoted(f.name)).alias(f.name) if isinstance(f.dataType, T.BinaryType) else F.col(_quoted(f.name)) for f in frame.schema])
        times = [field for field in frame.schema if field.name in partition_by and isinstance(field.dataType, T.TimestampType)]
        return frame.withColumns({field.name: _plain(F.col(_quoted(field.name)), field.dataType) for field in times}) if times else frame

    return Sink(format, {**_given(options), "path": path}, prepare, partition_by, needs_checkpoint=True)


def kafka(
    client: Options,
    message: Mapping[str, Column],
    options: Optional[Options] = None,
    unwritten: Sequence[str] = (),
    json_key: bool = False,
    upsert: bool = False,
    avro: Optional[str] = None,
) -> Sink:
    """A message a row. Without a part `value` it is the row as JSON, or by a schema in Avro, but for the columns `unwritten`."""

    def prepare(frame: DataFrame) -> DataFrame:
        parts: dict[str, Column] = {}
        if "value" in message:
            parts["value"] = _as_bytes(frame, message["value"])
        elif avro is not None:
            from pyspark.sql.avro.functions import to_avro

            parts["value"] = to_avro(F.struct(*[_quoted(name) for name in frame.columns if name not in unwritten]), avro)
        else:
            parts["value"] = _row_json(frame, unwritten).cast("binary")
        if "key" in message:
            key = _as_bytes(frame, message["key"], json_key)
            parts["key"] = F.coalesce(key, F.lit("null").cast("binary")) if upsert else key
        if "topic" in message:
            parts["topic"] = message["topic"].cast("string")
        if "partition" in message:
            parts["partition"] = message["partition"].cast("int")
        if "headers" in message:
            parts["headers"] = _headers(frame, message["headers"])
        return frame.select([column.alias(name) for name, column in parts.items()])

    return Sink("kafka", {**client, **_given(options)}, prepare, needs_checkpoint=True, unwritten=unwritten)


def _headers(frame: DataFrame, column: Column) -> Column:
    type = frame.select(column.alias("value")).schema[0].dataType
    if isinstance(type, T.StructType):
        pairs = F.array(*[F.struct(F.lit(field.name).alias("key"), column[field.name].cast("binary").alias("value")) for field in type])
        return F.when(column.isNotNull(), pairs)
    entries = F.map_entries(column) if isinstance(type, T.MapType) else column
    kept = F.filter(entries, lambda entry: ~entry["key"].isin("sluice.query", "sluice.batch", "sluice.sequence"))
    return F.transform(kept, lambda entry: F.struct(entry["key"].alias("key"), entry["value"].cast("binary").alias("value")))


# --- functions -------------------------------------------------------------------------------------------------------


class FunctionError(Exception):
    """An imported function failed, or the process that runs it."""


class Functions:
    """
    The imported functions of a job, TypeScript in a bundle beside the program. Each Python worker starts a `node` for them at the first call:
    that of the conf `spark.sluice.node`, else of the PATH.
    """

    def __init__(self, bundle: str) -> None:
        self._bundle = bundle
        self._sent: Optional[tuple[Any, Any]] = None

    def function(self, name: str, returns: T.DataType) -> Callable[..., Column]:
        """A function as one of columns. `where`: it is called only for the rows for which this is true; for others it is null."""

        def call(*columns: Column, where: Optional[Column] = None) -> Column:
            guarded = where is not None
            node = SparkSession.active().conf.get("spark.sluice.node", "node")
            caller = _caller(self._send(), name, guarded, node or "node")
            # Not deterministic for Spark, so that it is called where the job calls it, and once.
            udf = F.arrow_udf(caller, returns).asNondeterministic()
            return udf(*([where] if where is not None else []), *columns)

        return call

    def _send(self) -> Any:
        """The bundle on the executors."""
        context = SparkSession.active().sparkContext
        if self._sent is None or self._sent[0] is not context:
            # What runs there goes along as it is: this module need not be installed.
            cloudpickle.register_pickle_by_value(sys.modules[__name__])
            with open(self._found(), "rb") as file:
                self._sent = (context, context.broadcast(file.read()))
        return self._sent[1]

    def _found(self) -> str:
        for folder in (os.path.dirname(os.path.abspath(__file__)), os.path.dirname(os.path.abspath(sys.argv[0])), os.getcwd(), SparkFiles.getRootDirectory()):
            path = os.path.join(folder, self._bundle)
            if os.path.exists(path):
                return path
        raise UserError(f"{self._bundle} is not beside the program; `sluice build --target spark` writes it, and spark-submit brings it along by --files")


def _caller(bundle: Any, name: str, guarded: bool, node: str) -> Callable[..., Any]:
    # Without types: Spark would take them for the kind of the UDF.
    def call(*columns):  # type: ignore[no-untyped-def]
        return _worker(bundle, node).call(name, guarded, columns)

    return call


def _worker(bundle: Any, node: str) -> _NodeWorker:
    """That of this process. Kept where all that is unpickled finds it."""
    text: bytes = bundle.value
    workers: dict[str, _NodeWorker] = sys.__dict__.setdefault("_sluice_workers", {})
    key = f"{node} {hashlib.sha256(text).hexdigest()}"
    worker = workers.get(key)
    if worker is None or not worker.is_alive:
        worker = workers[key] = _NodeWorker(text, node)
    return worker


class _NodeWorker:
    """A process of Node that calls functions: a line of JSON and an Arrow stream there, and one back, by two pipes of their own. It ends with this process, which closes its end. What
    functions print comes with stderr, whichever way they print it."""

    def __init__(self, bundle: bytes, node: str) -> None:
        folder = tempfile.mkdtemp(prefix="sluice-functions-")
        path = os.path.join(folder, "functions.mjs")
        with open(path, "wb") as file:
            file.write(bundle)
        requests, ask = os.pipe()
        answers, answer = os.pipe()
        self._to, self._back = os.fdopen(ask, "wb"), os.fdopen(answers, "rb")
        try:
            self._process = subprocess.Popen([node, path, str(requests), str(answer)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, pass_fds=(requests, answer))
        except OSError as error:
            self._to.close()
            self._back.close()
            shutil.rmtree(folder, ignore_errors=True)
            raise FunctionError(f"cannot start `{node}` for the imported functions: {error.strerror}; install Node 20 on the executors, or say where it is by --conf spark.sluice.node=PATH") from None
        finally:
            # Those are the other process's.
            os.close(requests)
            os.close(answer)
        self._folder: Optional[str] = folder
        self._said: collections.deque[str] = collections.deque(maxlen=20)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            text = line.decode(errors="replace")
            self._said.append(text)
            sys.stderr.write(text)

    def call(self, name: str, guarded: bool, columns: Sequence[Any]) -> Any:
        import pyarrow as pa

        rows = pa.RecordBatch.from_arrays(list(columns), names=[str(place) for place in range(len(columns))])
        out = pa.BufferOutputStream()
        with pa.ipc.new_stream(out, rows.schema) as writer:
            writer.write_batch(rows)
        request = out.getvalue()
        answer = self._ask(json.dumps({"function": name, "guarded": guarded, "bytes": request.size}).encode() + b"\n", request)
        return pa.ipc.open_stream(answer).read_all().column(0).combine_chunks()

    def _ask(self, head: bytes, body: Any) -> bytes:
        try:
            self._to.write(head)
            self._to.write(body)
            self._to.flush()
            line = self._back.readline()
            told = json.loads(line) if line.endswith(b"\n") else None
            answer = self._back.read(told["bytes"]) if told else b""
        except BrokenPipeError:
            told, answer = None, b""
        if self._folder is not None:
            # It is read by now.
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
        if told is None or len(answer) < told["bytes"]:
            code = self._process.wait()
            self._listener.join(2)
            raise FunctionError(f"the process of Node that calls the imported functions ended with {code}: {''.join(self._said).strip()}")
        if told.get("failure"):
            raise FunctionError(answer.decode())
        return answer


# --- runs ------------------------------------------------------------------------------------------------------------


class _Capture:
    """The file of `--capture`: an object a line for each row, and one at the end of each batch."""

    def __init__(self, path: str, keep: bool) -> None:
        self._path = path
        self._lock = threading.Lock()
        if not keep:
            open(path, "wb").close()

    def take(self, query: str, batch: int, frame: DataFrame, without: Sequence[str]) -> None:
        rows = [row[0] for row in frame.select(_row_json(frame, without)).collect()]
        head = f'{{"query":{json.dumps(query, ensure_ascii=False)},"batch":{batch}'
        lines = [f'{head},"kind":"+I","row":{row}}}\n' for row in rows] + [f'{head},"outputRows":{len(rows)}}}\n']
        with self._lock, open(self._path, "ab") as file:
            file.write("".join(lines).encode())
            file.flush()
            os.fsync(file.fileno())


def main(job: Job, queries: Sequence[Query], argv: Optional[Sequence[str]] = None, spark: Optional[SparkSession] = None) -> None:
    """Runs the queries as the command line asks; `spark`: in this session instead of one of its own. Leaves by `SystemExit` where it fails."""
    own = spark is None
    try:
        arguments = _arguments(job, argv)
        session = spark or SparkSession.builder.appName(job.name).getOrCreate()
        try:
            _Program(job, queries, arguments, session).run()
        finally:
            if own:
                session.stop()
    except UserError as error:
        _fail(1, str(error))
    except StreamingQueryException as error:
        _fail(3, f"a query failed: {_first_line(error)}", "" if _raised(error) else str(error))
    except PySparkException as error:
        condition = error.getCondition() or ""
        failed = condition != "" and not _is_analysis(error)
        _fail(3 if failed else 1, ("a query failed: " if failed else "") + _first_line(error), "" if _raised(error) else str(error))


def _is_analysis(error: PySparkException) -> bool:
    return type(error).__name__ in ("AnalysisException", "ParseException", "IllegalArgumentException")


def _first_line(error: Exception) -> str:
    return _raised(error) or str(error).strip().split("\n", 1)[0]


def _raised(error: Exception) -> str:
    """What `raise_error` said: a malformed record; or an imported function."""
    failed = re.search(r"^(?:\w+\.)*FunctionError: (.*?)(?=\n SQLSTATE|\n\n|\nSQLSTATE|\n\tat |\Z)", str(error), re.MULTILINE | re.DOTALL)
    if failed:
        return failed.group(1).strip()
    found = re.search(r"\[USER_RAISED_EXCEPTION\] (.*?)(?: SQLSTATE: \w+)?$", str(error), re.MULTILINE)
    return found.group(1) if found else ""


def _fail(code: int, message: str, more: str = "") -> NoReturn:
    print(f"error: {message}", file=sys.stderr)
    if more and more.strip() != message:
        print(more, file=sys.stderr)
    raise SystemExit(code)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UserError(f"{message}; see --help")


def _arguments(job: Job, argv: Optional[Sequence[str]]) -> argparse.Namespace:
    parser = _Parser(prog=f"{job.name}.py", allow_abbrev=False)
    parser.add_argument("--param", action="append", default=[], metavar="NAME=VALUE", help="the value of a param")
    parser.add_argument("--checkpoint", metavar="DIR", help="where each query keeps its progress and state, in a folder of its name")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--batch", action="store_true", help="everything there is as one batch")
    how.add_argument("--available-now", action="store_true", help="what there is now in batches, then end")
    how.add_argument("--once", action="store_true", help="one batch, then end")
    parser.add_argument("--capture", metavar="FILE", help="rows into a file, an object a line, instead of the sinks")
    parser.add_argument("--sql", metavar="QUERY", help="what to ask of the tables of memory sinks at the end")
    parser.add_argument("--json", action="store_true", help="the answer to --sql as an object a line")
    return parser.parse_args(argv)


class _Program:
    def __init__(self, job: Job, queries: Sequence[Query], arguments: argparse.Namespace, spark: SparkSession) -> None:
        self._arguments = arguments
        self._spark = spark
        self._queries = queries
        _take_utc()
        for name, value in _settings(job).items():
            if name != "spark.sql.shuffle.partitions" or not spark.sparkContext.getConf().contains(name):
                spark.conf.set(name, value)
        given = {}
        for text in arguments.param:
            name, equals, value = text.partition("=")
            if not equals:
                raise UserError(f"--param {text} has no value; write --param {text}=...")
            given[name] = value
        self._run = Run(job, spark, given, arguments.batch)
        self._capture = _Capture(arguments.capture, self._goes_on()) if arguments.capture else None

    def _place(self, query: Query) -> Optional[str]:
        """Where a query keeps its progress: the folder that the job says, else one of its name in that of --checkpoint."""
        place = _resolved(query.checkpoint, self._run)
        if place is None and self._arguments.checkpoint:
            place = os.path.join(self._arguments.checkpoint, query.name)
        return None if place is None else _written(self._spark, place)

    def _goes_on(self) -> bool:
        """Whether a query has progress from an earlier run, whose lines are kept. A run as a whole goes on from nothing."""
        places = [] if self._arguments.batch else [self._place(query) for query in self._queries]
        return any(place is not None and _exists(self._spark, place) for place in places)

    def run(self) -> None:
        frames = [(query, query.build(self._run)) for query in self._queries]
        for query, frame in frames:
            _check_columns(query, frame)
        tables: list[tuple[Query, Memory, T.StructType]] = []
        started: list[StreamingQuery] = []
        try:
            for query, frame in frames:
                sink = _resolved(query.sink, self._run)
                if isinstance(sink, Memory):
                    tables.append((query, sink, frame.schema))
                if frame.isStreaming:
                    started.append(self._start(query, frame, sink))
                elif self._capture:
                    self._capture.take(query.name, 0, frame, sink.unwritten)
                elif isinstance(sink, Memory):
                    sink.take(frame, "complete")
                else:
                    sink.write(frame)
            self._wait(started)
        finally:
            for running in started:
                running.stop()
        if self._arguments.sql:
            for query, table, schema in tables:
                table.show(self._spark, query.name, schema)
            self._answer(self._arguments.sql)

    def _start(self, query: Query, frame: DataFrame, sink: Union[Sink, Memory]) -> StreamingQuery:
        trigger: Trigger = _resolved(query.trigger, self._run)
        if self._arguments.once:
            trigger = once()
        elif self._arguments.available_now:
            trigger = available_now()
        capture = self._capture
        if capture:
            taken = capture
            writer = frame.writeStream.foreachBatch(lambda rows, batch: taken.take(query.name, batch, rows, sink.unwritten))
        elif isinstance(sink, Memory):
            table = sink
            writer = frame.writeStream.foreachBatch(lambda rows, _: table.take(rows, query.mode))
        else:
            writer = sink.stream(frame)
        if trigger.is_continuous and (capture or isinstance(sink, Memory)):
            raise UserError(f"`{query.name}` has the trigger `continuous`, under which Spark gives no batches to look at; add --available-now")
        place = self._place(query)
        if place is not None:
            writer = writer.option("checkpointLocation", place)
        elif sink.needs_checkpoint and not capture:
            raise UserError(f"`{query.name}` needs a checkpoint; add --checkpoint DIR")
        if trigger.arguments:
            writer = writer.trigger(**trigger.arguments)
        return writer.queryName(query.name).outputMode(query.mode).start()

    def _wait(self, started: Sequence[StreamingQuery]) -> None:
        try:
            while any(query.isActive for query in started):
                for query in started:
                    query.awaitTermination(0.2)
            for query in started:
                query.awaitTermination()
        except KeyboardInterrupt:
            pass

    def _answer(self, text: str) -> None:
        frame = self._spark.sql(text)
        if not self._arguments.json:
            frame.show(1_000_000, truncate=False)
            return
        for row in frame.select(_row_json(frame)).collect():
            print(row[0])


def _resolved(value: Any, run: Run) -> Any:
    return value(run) if callable(value) else value


def _check_columns(query: Query, frame: DataFrame) -> None:
    found = [(field.name, field.dataType.simpleString()) for field in frame.schema]
    if query.columns and found != list(query.columns):
        expected = ", ".join(f"{name} {type}" for name, type in query.columns)
        raise UserError(f"`{query.name}` gives other columns than it was compiled for: {', '.join(f'{name} {type}' for name, type in found)} instead of {expected}")


def _settings(job: Job) -> dict[str, str]:
    """
    What a program asks of its session, so that nothing hangs on the cluster's defaults; but for the partitions of shuffles, which decide no result: there the
    cluster's own number wins, be it in its spark-defaults.conf or on the line of spark-submit, which Spark does not tell apart.
    """
    return {
        "spark.sql.ansi.enabled": "true",
        "spark.sql.caseSensitive": "true",
        "spark.sql.session.timeZone": job.timezone,
        "spark.sql.timestampType": "TIMESTAMP_LTZ",
        "spark.sql.shuffle.partitions": str(job.state_partitions),
        "spark.sql.streaming.multipleWatermarkPolicy": job.watermark_policy,
        "spark.sql.streaming.noDataMicroBatches.enabled": str(job.no_data_batches).lower(),
        "spark.sql.streaming.forceDeleteTempCheckpointLocation": "true",
        "spark.sql.legacy.timeParserPolicy": "CORRECTED",
        "spark.sql.files.ignoreCorruptFiles": "false",
        "spark.sql.chunkBase64String.enabled": "false",
        "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
        # A record is malformed or not whatever a query asks of it.
        "spark.sql.json.filterPushdown.enabled": "false",
        "spark.sql.csv.filterPushdown.enabled": "false",
        "spark.sql.csv.parser.columnPruning.enabled": "false",
        "spark.sql.optimizer.enableJsonExpressionOptimization": "false",
        "spark.sql.optimizer.enableCsvExpressionOptimization": "false",
    }
