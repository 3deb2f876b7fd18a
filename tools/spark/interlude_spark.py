#!/usr/bin/env python3
"""Audits captures on Apache Spark: one task a file or series, Parquet tables and one summary out.

    spark-submit interlude_spark.py --binary interlude --output OUT PATH...

A PATH is a capture, a folder (searched recursively) or @LIST, a file with one path a line; any file system that Spark
knows will do. OUT receives exchanges/, findings/ and captures/ (Parquet; the first by day, the second by
severity) and summary.json. docs/cluster.md has more.
"""

import argparse
import atexit
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from urllib.parse import unquote, urlparse

from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

CAPTURE_NAME = re.compile(r"\.(pcap|pcapng|cap|dmp)\d*(\.(gz|zst|lz4|xz))?$", re.IGNORECASE)

# The records of `interlude.report/1` as Spark's columns; times stay text, for Spark's have no nanoseconds.
HEAD = "version STRING, frame BIGINT"
FIELDS = "fields ARRAY<ARRAY<STRING>>"
SUMMARY = (
    "captures BIGINT, connections BIGINT, exchanges BIGINT, "
    "interim STRUCT<`100` BIGINT, `101` BIGINT, `102` BIGINT, `103` BIGINT, `104` BIGINT, other BIGINT>, "
    "final STRUCT<`2xx` BIGINT, `3xx` BIGINT, `4xx` BIGINT, `5xx` BIGINT>, without_final BIGINT, "
    "webdav STRUCT<class BIGINT, legacy BIGINT>, findings STRUCT<violation BIGINT, warning BIGINT, note BIGINT>, "
    "wait_ms STRUCT<p50 DOUBLE, p90 DOUBLE, p99 DOUBLE, max DOUBLE>"
)
SCHEMAS = {
    "exchange": (
        "capture STRING, id STRING, "
        "connection STRUCT<id BIGINT, client STRING, server STRING, start STRING, end STRING, closed_first STRING>, "
        f"request STRUCT<time STRING, frame BIGINT, method STRING, target STRING, version STRING, host STRING, "
        f"user_agent STRING, expect STRING, {FIELDS}, head_end_ms DOUBLE, end_ms DOUBLE, body_bytes BIGINT, "
        "complete BOOLEAN>, "
        f"interim ARRAY<STRUCT<status INT, reason STRING, {HEAD}, first_byte_ms DOUBLE, head_end_ms DOUBLE, {FIELDS}>>, "
        f"final STRUCT<status INT, reason STRING, {HEAD}, first_byte_ms DOUBLE, head_end_ms DOUBLE, end_ms DOUBLE, "
        f"body_bytes BIGINT, complete BOOLEAN, {FIELDS}>, outcome STRING, "
        "timing STRUCT<wait_ms DOUBLE, first_interim_ms DOUBLE, longest_silence_ms DOUBLE, silence_start_ms DOUBLE, "
        "total_ms DOUBLE>, webdav STRING, pattern STRING, integrity ARRAY<STRING>, findings ARRAY<STRING>, "
        "upstream STRING, downstream STRING"
    ),
    "finding": (
        "rule STRING, severity STRING, capture STRING, exchange STRING, connection BIGINT, frame BIGINT, at_ms DOUBLE, "
        "message STRING"
    ),
    "capture": (
        "file STRING, format STRING, link_types ARRAY<STRING>, packets BIGINT, bytes BIGINT, first_packet STRING, "
        f"last_packet STRING, status STRING, error STRING, skipped MAP<STRING, BIGINT>, summary STRUCT<{SUMMARY}>"
    ),
}
RAW = T.StructType(
    [
        T.StructField("path", T.StringType(), False),
        T.StructField("record", T.StringType(), False),
        T.StructField("day", T.StringType(), True),
        T.StructField("json", T.StringType(), False),
    ]
)


def captures(spark, paths):
    """The captures that the paths name, as addresses, sorted and each once. Folders are listed by the driver."""
    jvm, configuration = spark.sparkContext._jvm, spark.sparkContext._jsc.hadoopConfiguration()
    found = []
    for given in paths:
        if given.startswith("@"):
            lines = spark.read.text(given[1:]).collect()
            found += captures(spark, [row.value.strip() for row in lines if row.value.strip()])
            continue
        path = jvm.org.apache.hadoop.fs.Path(given)
        files = path.getFileSystem(configuration)
        if not files.exists(path) or files.getFileStatus(path).isFile():
            found.append(given)  # what is not there becomes a row that says so
            continue
        inside = files.listFiles(path, True)
        while inside.hasNext():
            name = inside.next().getPath().toString()
            if CAPTURE_NAME.search(name):
                found.append(name)
    return sorted(set(found))


def series_of(path):
    """What files of one rotated series share: the path without the numbers and times of its last component."""
    folder, _, name = path.rpartition("/")
    return folder + "/" + re.sub(r"[-_.]?\d+", "", name)


def local_path(path):
    """The path in the file system of every machine; None where it needs a reader."""
    parts = urlparse(path)
    if parts.scheme in ("", "file"):
        return unquote(parts.path) if parts.scheme else path
    return None


def failed(path, sentence):
    """The capture row of a file about which nothing can be told."""
    name = path.rstrip("/").rpartition("/")[2]
    record = {"file": name, "status": "failed", "error": sentence, "packets": 0, "bytes": 0}
    return (path, "capture", None, json.dumps(record))


def audit(group, binary, options, reader):
    """Runs Interlude on one file or series and yields its records; the output is taken whole or not at all."""
    locals_ = [local_path(path) for path in group]
    feeding = None
    if all(locals_):
        files = locals_
    elif len(group) == 1:
        files = ["/dev/stdin"]
        feeding = shlex.split(reader) + [group[0]]
    else:
        yield from (failed(path, "a series has to be on a file system that every machine mounts") for path in group)
        return
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as complaints:
        report = os.path.join(folder, "report.jsonl")
        feed = subprocess.Popen(feeding, stdout=subprocess.PIPE) if feeding else None
        code = subprocess.run(
            [SparkFiles.get(binary), "audit", "--quiet", "--no-config", "--jobs", "1",
             "--series" if len(group) > 1 else "--no-series", "--jsonl", report, *options, "--", *files],
            stdin=feed.stdout if feed else subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=complaints,
        ).returncode
        fed = 0
        if feed:
            feed.stdout.close()
            fed = feed.wait()
        # A report takes its place when it is whole, and not before.
        if code not in (0, 1, 2) or fed != 0 or not os.path.exists(report):
            complaints.seek(0)
            last = complaints.read().decode("utf-8", "replace").strip().splitlines()
            reason = f"{shlex.split(reader)[0]} ended with {fed}" if fed else f"interlude ended with {code}"
            yield from (failed(path, ": ".join([reason] + last[-1:])) for path in group)
            return
        names = {name(path): path for path in group}
        with open(report, "rb") as output:
            for line in output:
                record = json.loads(line)
                kind = record.pop("record")
                if kind == "summary":
                    continue  # of one file; the whole's is made at the end
                record.pop("sketch", None)  # for interlude merge; here percentiles are exact
                key = "file" if kind == "capture" else "capture"
                shown = record[key]
                if feeding:
                    record[key] = name(group[0])
                moment = (record.get("request") or {}).get("time") if kind == "exchange" else None
                path = names.get(shown, group[0])
                yield (path, kind, moment[:10] if moment else None, json.dumps(record))


def name(path):
    """A path as Interlude's report shows it: of an absolute one the last component."""
    local = local_path(path)
    if local is not None and not local.startswith("/"):
        return local.removeprefix("./")
    return path.rpartition("/")[2]


def table(spark, staged, kind):
    """The records of one kind, typed, with the path of their capture."""
    raw = spark.read.schema(RAW).parquet(staged).where(F.col("record") == kind)
    parsed = raw.select("path", "day", F.from_json("json", SCHEMAS[kind]).alias("r"))
    return parsed.select("path", "day", "r.*")


def summary(captures_table, exchanges):
    """The whole's summary: counts add up; percentiles are by nearest rank of all waits, exactly."""

    def total(column):
        return F.coalesce(F.sum(column), F.lit(0))

    names = {
        "interim": ["100", "101", "102", "103", "104", "other"], "final": ["2xx", "3xx", "4xx", "5xx"],
        "webdav": ["class", "legacy"], "findings": ["violation", "warning", "note"],
    }
    plain = ["connections", "exchanges", "without_final"]
    wanted = [total(f"summary.{key}").alias(key) for key in plain]
    wanted += [total(f"summary.{part}.`{key}`").alias(f"{part}.{key}") for part in names for key in names[part]]
    row = captures_table.agg(F.count("*").alias("captures"), *wanted).first().asDict()
    whole = {"captures": row["captures"], **{key: row[key] for key in plain}}
    for part in names:
        whole[part] = {key: row[f"{part}.{key}"] for key in names[part]}
    ranks = ", ".join(
        f"percentile_disc({p}) WITHIN GROUP (ORDER BY wait) AS {alias}"
        for p, alias in [(0.5, "p50"), (0.9, "p90"), (0.99, "p99"), (1.0, "max")]
    )
    waits = exchanges.select(F.col("timing.wait_ms").alias("wait")).where("wait IS NOT NULL")
    whole["wait_ms"] = waits.selectExpr(*ranks.split(", ")).first().asDict()
    return whole


def run(spark, binary, paths, output, series=False, options=(), reader="hadoop fs -cat"):
    """Audits the captures and writes the tables; returns the whole's summary."""
    context = spark.sparkContext
    # In a folder that stays as long as the process: an executor that starts later asks for all that was ever shipped.
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # By a name of its own, for a session that ran another one before may go on.
    shipped = "interlude-" + os.path.basename(folder)
    shutil.copy(binary, os.path.join(folder, shipped))
    context.addFile(os.path.join(folder, shipped))
    context.addPyFile(os.path.abspath(__file__))
    groups = {}
    for path in captures(spark, paths):
        groups.setdefault(series_of(path) if series else path, []).append(path)
    jobs = list(groups.values())
    options = list(options)
    records = context.parallelize(jobs, max(1, len(jobs))).flatMap(
        lambda group: audit(group, shipped, options, reader))
    # Written once and read again below, so that no capture is audited twice. A task that is tried again leaves
    # nothing of its first attempt: Spark commits what a task wrote when it has ended, and only once.
    staged = output.rstrip("/") + "/_records"
    spark.createDataFrame(records, RAW).write.mode("overwrite").parquet(staged)
    home = output.rstrip("/")
    table(spark, staged, "exchange").write.mode("overwrite").partitionBy("day").parquet(f"{home}/exchanges")
    findings = table(spark, staged, "finding").drop("day")
    findings.write.mode("overwrite").partitionBy("severity").parquet(f"{home}/findings")
    table(spark, staged, "capture").drop("day").write.mode("overwrite").parquet(f"{home}/captures")
    whole = summary(table(spark, staged, "capture"), table(spark, staged, "exchange"))
    path = context._jvm.org.apache.hadoop.fs.Path(staged)
    files = path.getFileSystem(context._jsc.hadoopConfiguration())
    files.delete(path, True)
    written = files.create(context._jvm.org.apache.hadoop.fs.Path(f"{home}/summary.json"), True)
    written.write(bytearray((json.dumps(whole) + "\n").encode()))
    written.close()
    return whole


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--binary", required=True, help="interlude, as tools/release builds it: shipped to all machines")
    parser.add_argument("--output", required=True, help="a folder for the tables; replaced")
    parser.add_argument("--series", action="store_true", help="files whose names differ in numbers only are one capture")
    parser.add_argument("--option", action="append", default=[], metavar="WORD", help="a word for interlude audit")
    parser.add_argument("--reader", default="hadoop fs -cat", help="prints a capture that is no mounted file")
    chosen = parser.parse_args()
    spark = SparkSession.builder.appName("interlude").getOrCreate()
    whole = run(spark, chosen.binary, chosen.paths, chosen.output, chosen.series, chosen.option, chosen.reader)
    print(json.dumps(whole, indent=2))
    bad = spark.read.parquet(f"{chosen.output}/captures").where("status <> 'complete'").select("path", "error").collect()
    for row in bad:
        print(f"interlude: {row.path}: {row.error}", file=sys.stderr)
    spark.stop()
    return 2 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
