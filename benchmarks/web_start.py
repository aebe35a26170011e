"""Seconds from starting the web process to its first answer, and what it holds in memory; prints its figures.

python benchmarks/web_start.py [--runs 5]
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import requests

from shopify_bot.database import Database
from shopify_bot.demo.showing import free_port

ROOT = Path(__file__).resolve().parent.parent


def measure(folder: str) -> tuple[float, float]:
    """Seconds until `/login` answers 200, and megabytes held then by the server and its worker."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "wsgi:app",
        f"--bind=127.0.0.1:{port}",
        "--no-control-socket",
    ]
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "SHOPIFY_BOT_DATA_DIR": folder}, stderr=subprocess.DEVNULL
    ) as server:
        try:
            while not answers(f"http://127.0.0.1:{port}/login"):
                time.sleep(0.01)
            seconds = time.perf_counter() - started
            family = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
            return seconds, sum(each.memory_info().rss for each in family) / 1e6
        finally:
            server.terminate()


def answers(address: str) -> bool:
    """Whether a request is answered well."""
    try:
        return requests.get(address, timeout=5).status_code == 200
    except requests.ConnectionError:
        return False


def main() -> None:
    """Measure several starts and print the median and the worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        Database(f"sqlite:///{folder}/shopify-bot.sqlite3").migrate()
        found = [measure(folder) for _ in range(runs)]
    seconds = [each[0] for each in found]
    median, worst = statistics.median(seconds), max(seconds)
    print(f"first answer after {median:.2f} s (median of {runs}), {worst:.2f} s at worst")
    print(f"memory of the web process {max(each[1] for each in found):.0f} MB")


if __name__ == "__main__":
    main()
