"""One Spark session for all tests.

    python server.py PORT [CONF=VALUE …]

Takes commands from connections to 127.0.0.1:PORT, a line of JSON each, and answers each with the line `begun` and a line of JSON. Commands of all connections are done one
after the other, each in a session of its own over the one SparkContext. Ends when its standard input ends, or when the JVM is gone.

    {"do": "run", "program": "/dir/job.py", "argv": ["--batch"], "seconds": 120}
        runs the program as `python job.py --batch` would, with its modules imported anew: {"code": 0, "stdout": "…", "stderr": "…"}
    {"do": "evaluate", "columns": ["F.lit(1)"], "frame": "spark.range(1)", "aggregate": false, "conf": {}, "setup": "x = 1"}
        {"results": [{"type": "int", "rows": [1]} or {"error": "…"}, …]}: the values of each column, a row of the frame each (of an aggregate: one),
        in the form of the files of facts. `setup` is Python that runs first. With `apart` each is asked by itself: for columns that are thought to fail.
"""

import base64
import contextlib
import decimal
import datetime
import io
import json
import os
import queue
import runpy
import socket
import sys
import threading
import traceback
from typing import Any, Callable, Optional

from pyspark.sql import Column, DataFrame, Row, SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql import types as T

ROOT = None  # type: Optional[SparkSession]


def start(settings: "dict[str, str]") -> SparkSession:
    builder = SparkSession.builder.master("local[2]").appName("sluice tests")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "2g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.streaming.pollingDelay": "1ms",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=512m -Dlog4j2.level=error",
        **settings,
    }.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def fresh() -> SparkSession:
    """A session of its own, which `SparkSession.builder.getOrCreate()` then gives too."""
    assert ROOT is not None
    session = ROOT.newSession()
    SparkSession._instantiatedSession = session
    jvm_session = session._jvm.SparkSession
    jvm_session.setDefaultSession(session._jsparkSession)
    jvm_session.setActiveSession(session._jsparkSession)
    return session


def run(command: "dict[str, Any]") -> "dict[str, Any]":
    program = command["program"]
    session = fresh()
    before = set(sys.modules)
    path, argv, stop = list(sys.path), sys.argv, SparkSession.stop
    folder = os.path.dirname(program)
    sys.path.insert(0, folder)
    sys.argv = [program, *command.get("argv", [])]
    SparkSession.stop = lambda self: None  # type: ignore[method-assign]
    sys.dont_write_bytecode = True
    out, err = io.StringIO(), io.StringIO()
    code: Any = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                runpy.run_path(program, run_name="__main__")
            except SystemExit as end:
                code = end.code
            except BaseException:
                traceback.print_exc()
                code = 1
    finally:
        for query in session.streams.active:
            query.stop()
        SparkSession.stop = stop  # type: ignore[method-assign]
        sys.argv = argv
        sys.path[:] = path
        # What the program brought along is imported anew the next time; packages that are installed stay.
        for name in set(sys.modules) - before:
            if str(getattr(sys.modules[name], "__file__", "") or "").startswith(folder + os.sep):
                del sys.modules[name]
    if code is None:
        code = 0
    if not isinstance(code, int):
        err.write(f"{code}\n")
        code = 1
    return {"code": code, "stdout": out.getvalue(), "stderr": err.getvalue()}


def evaluate(command: "dict[str, Any]") -> "dict[str, Any]":
    session = fresh()
    session.conf.set("spark.sql.ansi.enabled", "true")
    session.conf.set("spark.sql.caseSensitive", "true")
    for key, value in command.get("conf", {}).items():
        session.conf.set(key, value)
    scope: "dict[str, Any]" = {"spark": session, "F": F, "T": T, "Window": Window, "datetime": datetime, "decimal": decimal, "Decimal": decimal.Decimal}
    exec(command.get("setup", ""), scope)
    frame: DataFrame = eval(command.get("frame", "spark.range(1)"), scope)
    aggregate = command.get("aggregate", False)

    def values(texts: "list[str]") -> "list[dict[str, Any]]":
        columns = [eval(text, scope).alias(f"c{at}") for at, text in enumerate(texts)]
        asked = frame.agg(*columns) if aggregate else frame.select(*columns)
        types = [field.dataType for field in asked.schema.fields]
        # Python holds neither years beyond 9999 nor every interval: Spark writes these itself.
        shown = [shown_as(F.col(f"c{at}"), type_).alias(f"c{at}") for at, type_ in enumerate(types)]
        rows = asked.select(*shown).collect()
        return [{"type": type_.simpleString(), "rows": [encoded(row[at], type_) for row in rows]} for at, type_ in enumerate(types)]

    def one_by_one(texts: "list[str]") -> "list[dict[str, Any]]":
        try:
            return values(texts)
        except Exception as error:
            if not answering(error):
                raise
            if len(texts) == 1:
                return [{"error": f"{type(error).__name__}: {error}"}]
            half = len(texts) // 2
            return one_by_one(texts[:half]) + one_by_one(texts[half:])

    texts = command["columns"]
    if command.get("apart", False):
        return {"results": [result for text in texts for result in one_by_one([text])]}
    return {"results": one_by_one(texts) if texts else []}


def shown_as(column: Column, type_: T.DataType) -> Column:
    """An instant by its number, for Spark would write it in the session's zone."""
    if isinstance(type_, T.TimestampType):
        return F.unix_micros(column)
    return column.cast("string") if isinstance(type_, (T.DateType, T.DayTimeIntervalType, T.YearMonthIntervalType)) else column


def instant(micros: int) -> str:
    """In UTC, with years of any size."""
    days, rest = divmod(micros, 86_400_000_000)
    eras, days = divmod(days, 146_097)
    date = datetime.date(2000, 1, 1) + datetime.timedelta(days=days - 10_957 if days >= 10_957 else days + 146_097 - 10_957)
    year = date.year + 400 * (eras if days >= 10_957 else eras - 1)
    seconds, fraction = divmod(rest, 1_000_000)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}" + (f".{fraction:06}".rstrip("0") if fraction else "")
    return f"{'-' if year < 0 else '+' if year > 9999 else ''}{abs(year):04}-{date.month:02}-{date.day:02} {clock}"


def encoded(value: Any, type_: T.DataType) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(type_, T.StructType):
        return {field.name: encoded(item, field.dataType) for item, field in zip(value, type_.fields)}
    if isinstance(type_, T.ArrayType):
        return [encoded(item, type_.elementType) for item in value]
    if isinstance(type_, T.MapType):
        return {"map": [[encoded(key, type_.keyType), encoded(item, type_.valueType)] for key, item in value.items()]}
    if isinstance(type_, (T.ByteType, T.ShortType, T.IntegerType)):
        return value
    if isinstance(type_, T.BinaryType):
        return "binary:" + base64.b64encode(value).decode("ascii")
    if isinstance(type_, (T.DoubleType, T.FloatType)):
        return f"{type_.simpleString()}:{number(value)}"
    if isinstance(type_, T.TimestampType):
        return f"timestamp:{value.isoformat(sep=' ') if isinstance(value, datetime.datetime) else instant(value)}"
    if isinstance(type_, T.DayTimeIntervalType):
        return f"interval:{value if isinstance(value, str) else interval(value)}"
    if isinstance(type_, T.DecimalType):
        return f"{type_.simpleString()}:{value:f}"
    return f"{type_.simpleString()}:{value}"


def number(value: float) -> str:
    return "NaN" if value != value else "Infinity" if value == float("inf") else "-Infinity" if value == float("-inf") else repr(value)


def interval(value: datetime.timedelta) -> str:
    micros = round(value / datetime.timedelta(microseconds=1))
    sign, micros = ("-" if micros < 0 else ""), abs(micros)
    seconds, micros = divmod(micros, 1_000_000)
    days, seconds = divmod(seconds, 86_400)
    return f"INTERVAL '{sign}{days} {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{micros:06}' DAY TO SECOND"


def answering(error: BaseException) -> bool:
    """Whether the JVM still does, after an error."""
    try:
        assert ROOT is not None
        return not isinstance(error, (ConnectionError, EOFError)) and not ROOT.sparkContext._jsc.sc().isStopped()
    except Exception:
        return False


COMMANDS: "dict[str, Callable[[dict[str, Any]], dict[str, Any]]]" = {"run": run, "evaluate": evaluate}


def perform(line: str) -> "tuple[dict[str, Any], bool]":
    """The answer, and whether Spark is still there."""
    try:
        command = json.loads(line)
        end: "queue.Queue[Any]" = queue.Queue()

        def work() -> None:
            try:
                end.put(COMMANDS[command["do"]](command))
            except BaseException as error:
                end.put(error)

        threading.Thread(target=work, daemon=True).start()
        try:
            answer = end.get(timeout=command.get("seconds", 120))
        except queue.Empty:
            return {"failed": f"no end after {command.get('seconds', 120)} seconds"}, False
        if not isinstance(answer, BaseException):
            return answer, answering(Exception())
        told = "".join(traceback.format_exception(type(answer), answer, answer.__traceback__))
        alive = answering(answer)
        return {"failed": told if alive else f"Spark died: {told}"}, alive
    except Exception:
        return {"failed": traceback.format_exc()}, True


def serve(connection: socket.socket, turn: threading.Lock) -> None:
    with connection, connection.makefile("rw", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            with turn:
                lines.write("begun\n")
                lines.flush()
                answer, alive = perform(line)
                lines.write(json.dumps(answer) + "\n")
                lines.flush()
                if not alive:
                    os._exit(1)


def die_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    global ROOT
    threading.Thread(target=die_with_parent, daemon=True).start()
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
    ROOT = start(dict(word.split("=", 1) for word in sys.argv[2:]))
    print("ready", flush=True)
    turn = threading.Lock()
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, turn), daemon=True).start()


main()
