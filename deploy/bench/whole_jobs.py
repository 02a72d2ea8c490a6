"""Jobs as whole processes, for the benchmarks beside this: days of log, a run of a job file, what its result files hold."""
import collections
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import typing

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
ASNTALLY = f"{ROOT}/deploy/target/asntally/bin/asntally"
DATA = os.environ.get("BENCH_DIR", f"{ROOT}/bench-data")


def say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def load():
    return "%.1f" % os.getloadavg()[0]


def make_days(folder, lines, days):
    """The same hits again on each of some days, in a log of its own."""
    with open(f"{DATA}/access5m.log") as source:
        for day in range(days):
            source.seek(0)
            stamp = time.strftime("[%d/%b/%Y", time.gmtime(1790812800 + 86400 * day))  # 2026-10-01
            with open(f"{folder}/day-{day:02d}.log", "w") as out:
                for _, line in zip(range(lines), source):
                    out.write(re.sub(r"\[\d\d/\w{3}/\d{4}", stamp, line, count=1))


class Run(typing.NamedTuple):
    """A run of a job, to its end."""

    seconds: float
    cpu: float
    """Seconds of all processors."""
    resident: list
    """Resident megabytes, as pairs of seconds and megabytes."""
    by_rib: dict
    """Hits of a count by the table that they were counted by."""
    said: str

    @property
    def hits(self):
        return sum(self.by_rib.values())

    @property
    def memory(self):
        """Resident megabytes after a quarter of the time, at the end, and at most."""
        quarter = [mb for at, mb in self.resident if at <= self.seconds / 4][-1]
        return quarter, self.resident[-2][1], max(mb for _, mb in self.resident)


def hits(place, count):
    total = collections.Counter()
    for name in glob.glob(f"{place}/out/{count}/**/*.json", recursive=True):
        with open(name) as rows:
            for row in map(json.loads, rows):
                total[row["rib"]] += row["hits"]
    return total


def run(text, count, statuses=(0,), **facts):
    """Runs a job; its text has places for a folder of its own and for facts. What a count counted is added up."""
    with tempfile.TemporaryDirectory() as place:
        with open(f"{place}/job.yaml", "w") as job:
            job.write(text.format(place=place, **facts))
        resident = []
        begun = time.monotonic()
        process = subprocess.Popen([ASNTALLY, "run", f"{place}/job.yaml", "--data-dir", f"{place}/data"],
                                   stdout=subprocess.DEVNULL, stderr=open(f"{place}/err", "w"))

        def sample():
            while process.returncode is None:
                try:
                    # pages that the collector has mapped more than once are there once
                    with open(f"/proc/{process.pid}/smaps_rollup") as rollup:
                        pages = re.search(r"^Pss:\s+(\d+)", rollup.read(), re.M)
                    resident.append((time.monotonic() - begun, int(pages.group(1)) / 2 ** 10))
                except (OSError, AttributeError):
                    return
                time.sleep(0.5)
        sampler = threading.Thread(target=sample)
        sampler.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begun
        sampler.join()
        with open(f"{place}/err") as err:
            said = err.read()
        if process.returncode not in statuses:
            sys.exit(f"exit status {process.returncode}: {said[-3000:]}")
        return Run(seconds, used.ru_utime + used.ru_stime, resident, hits(place, count), said)
