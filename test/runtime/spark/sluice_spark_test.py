"""Tests of runtime/spark/sluice_spark.py that need no session of Spark; where pyspark is not there, a stand-in for its names."""

import datetime
import os
import pathlib
import sys
import tempfile
import types
import unittest

sys.dont_write_bytecode = True
os.environ["TZ"] = "Asia/Tokyo"
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "runtime" / "spark"))

try:
    import pyspark  # noqa: F401
except ImportError:

    class _Anything(type):
        def __getattr__(cls, name):
            return _Anything(name, (Exception,), {})

    for name in ("pyspark", "pyspark.errors", "pyspark.sql", "pyspark.sql.streaming"):
        module = types.ModuleType(name)
        module.__getattr__ = lambda attribute: _Anything(attribute, (Exception,), {})  # type: ignore[method-assign]
        sys.modules[name] = module

import sluice_spark as sluice


class Durations(unittest.TestCase):
    def test_spans_and_milliseconds(self):
        self.assertEqual(sluice.span(datetime.timedelta(seconds=5)), "5000 milliseconds")
        self.assertEqual(sluice.span(datetime.timedelta(microseconds=1500)), "1500 microseconds")
        self.assertEqual(sluice.millis(datetime.timedelta(microseconds=1)), "1")
        self.assertEqual(sluice.seconds(datetime.timedelta(milliseconds=5999)), "5")


class Access(unittest.TestCase):
    def test_plain_brokers(self):
        self.assertEqual(sluice.kafka_client("a:1"), {"kafka.bootstrap.servers": "a:1", "kafka.security.protocol": "PLAINTEXT"})

    def test_a_password_with_quotes_stays_one_text(self):
        options = sluice.kafka_client("a:1", tls=True, sasl="scram-sha-512", username='m"e', password='x\\"; y')
        self.assertEqual(options["kafka.security.protocol"], "SASL_SSL")
        self.assertEqual(options["kafka.sasl.jaas.config"], 'org.apache.kafka.common.security.scram.ScramLoginModule required username="m\\"e" password="x\\\\\\"; y";')

    def test_certificates_are_read(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "ca.pem")
            pathlib.Path(path).write_text("PEM", encoding="utf-8")
            self.assertEqual(sluice.kafka_client("a:1", tls=True, tls_ca=path)["kafka.ssl.truststore.certificates"], "PEM")
        with self.assertRaisesRegex(sluice.UserError, "tlsCa"):
            sluice.kafka_client("a:1", tls=True, tls_ca=path)


class CommandLine(unittest.TestCase):
    def test_what_is_not_known_is_a_users_error(self):
        for arguments in (["--parm"], ["--batch", "--once"], ["--param"]):
            with self.assertRaises(sluice.UserError):
                sluice._arguments(sluice.Job("job"), arguments)

    def test_a_variable_that_is_not_set(self):
        with self.assertRaisesRegex(sluice.UserError, "SLUICE_NO_SUCH_VARIABLE"):
            sluice.env("SLUICE_NO_SUCH_VARIABLE")
        self.assertEqual(sluice.env("SLUICE_NO_SUCH_VARIABLE", "x"), "x")

    def test_the_zone_of_the_environment_is_read_while_the_program_runs_in_utc(self):
        sluice._take_utc()
        self.assertEqual(os.environ["TZ"], "UTC")
        self.assertEqual(sluice.env("TZ", "x"), "Asia/Tokyo")


def session(local=True):
    """A stand-in of a session that knows where files are."""
    configuration = types.SimpleNamespace(get=lambda name, default: default if local else "hdfs://name")
    context = types.SimpleNamespace(_jsc=types.SimpleNamespace(hadoopConfiguration=lambda: configuration))
    return types.SimpleNamespace(sparkContext=context)


class Captures(unittest.TestCase):
    def program(self, folder, *arguments, checkpoint=None):
        program = object.__new__(sluice._Program)
        program._spark = session()
        program._run = object()
        program._arguments = sluice._arguments(sluice.Job("job"), [*arguments, "--capture", os.path.join(folder, "rows")])
        program._queries = [sluice.Query("q", None, None, checkpoint=checkpoint)]
        return program

    def test_lines_are_kept_where_a_query_goes_on_whoever_says_its_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            own, usual = os.path.join(folder, "own"), os.path.join(folder, "all")
            for says in (own, lambda run: own):
                self.assertFalse(self.program(folder, checkpoint=says)._goes_on())
            self.assertFalse(self.program(folder, "--checkpoint", usual)._goes_on())
            os.makedirs(own)
            for says in (own, lambda run: own):
                self.assertTrue(self.program(folder, checkpoint=says)._goes_on())
                self.assertTrue(self.program(folder, "--checkpoint", usual, checkpoint=says)._goes_on())
            self.assertFalse(self.program(folder, "--checkpoint", usual)._goes_on())
            os.makedirs(os.path.join(usual, "q"))
            self.assertTrue(self.program(folder, "--checkpoint", usual)._goes_on())
            self.assertFalse(self.program(folder, "--checkpoint", usual, "--batch")._goes_on())

    def test_the_jobs_own_folder_wins(self):
        with tempfile.TemporaryDirectory() as folder:
            program = self.program(folder, "--checkpoint", "/all", checkpoint="/own")
            self.assertEqual(program._place(program._queries[0]), "/own")


class PlacesOfColumns(unittest.TestCase):
    def run_over(self):
        run = object.__new__(sluice.Run)
        run.spark, run._by_place = session(), {}
        return run

    def test_files_are_looked_at_once_for_all_queries(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, header in (("a.csv", "x,y"), ("b.csv", "y,x")):
                pathlib.Path(folder, name).write_text(f"{header}\n1,2\n", encoding="utf-8")
                run = self.run_over()
                for _ in range(2):
                    self.assertEqual(run._is_by_place("s", folder, ["x", "y"], {}, waits=True), name == "a.csv")
                    # What comes in between changes nothing: all queries read alike.
                    pathlib.Path(folder, "c.csv").write_text("y,x\n", encoding="utf-8")
                os.remove(os.path.join(folder, "c.csv"))

    def test_a_stream_of_no_files_yet_is_read_by_place(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertTrue(self.run_over()._is_by_place("s", folder, ["x"], {}, waits=True))
            self.assertTrue(self.run_over()._is_by_place("s", "s3://bucket/x", ["x"], {}, waits=True))
            self.assertFalse(self.run_over()._is_by_place("s", "s3://bucket/x", ["x"], {}, waits=False))


class Folders(unittest.TestCase):
    def test_what_spark_would_read_otherwise_is_refused(self):
        for name in ("day=1", "_sluice"):
            with tempfile.TemporaryDirectory() as folder:
                os.mkdir(os.path.join(folder, name))
                with self.assertRaises(sluice.UserError):
                    sluice._check_folder(folder)
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "plain"))
            sluice._check_folder(folder)


class Headers(unittest.TestCase):
    def read(self, names, text, **options):
        return sluice._records_by_header(names, options)(text)

    def test_fields_stand_in_the_order_that_is_asked_for(self):
        self.assertEqual(self.read(["a", "b"], 'b,x,a\r\n1,2,3\n"p,""q",,"r\ns"'), ["3,1", '"r\ns","p,""q"'])

    def test_another_number_of_fields_is_malformed(self):
        self.assertEqual(self.read(["a"], "a,b\n1\n,2\n1,2,3\n4,\n\n"), [None, "", None, "4"])

    def test_a_column_that_no_header_has(self):
        with self.assertRaisesRegex(ValueError, "no column c"):
            self.read(["c"], "a,b\n1,2")

    def test_dialects(self):
        self.assertEqual(self.read(["a", "b"], "\ufeff# x\nb;'a'\n'x\\';y';2\n#z;\n", sep=";", quote="'", escape="\\", comment="#"), ["2;'x\\';y'"])
        self.assertEqual(self.read(["b"], 'a,b\n"1\n2,3', multiLine=False), [None, "3"])
        self.assertEqual(self.read(["b"], 'a,b\n1,"2', quote=""), ['"2'])


class Names(unittest.TestCase):
    def test_quotes(self):
        self.assertEqual(sluice._quoted("a`b c"), "`a``b c`")


if __name__ == "__main__":
    unittest.main()
