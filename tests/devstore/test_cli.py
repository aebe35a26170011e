"""`devstore serve` and `devstore draw`, as commands."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner

from shopify_bot.devstore import DevStore
from shopify_bot.devstore.catalogue import read_catalogue
from shopify_bot.devstore.cli import devstore
from tests.devstore.conftest import Client, wait_until
from tests.devstore.test_catalogue import HEADER, catalogue

COMMAND = (sys.executable, "-c", "from shopify_bot.devstore.cli import devstore; devstore()", "serve")


@contextmanager
def serving(*options: str, **environment: str) -> Iterator[str]:
    """The command as a process; gives its origin, and sees that it ends well on SIGTERM."""
    command = [*COMMAND, "--port", "0", "--token", "shpat_cli", *options]
    env = {**os.environ, **environment}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout
        try:
            found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert found
            yield found[0]
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0


def rows(origin: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = requests.get(f"{origin}/_devstore/products", timeout=5).json()
    return found


def test_serving_a_catalogue_from_the_environment(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, *(f"{n},Men,Shirts,Acme Shirt {n}" for n in range(5)), header=HEADER)
    with serving("--products", "3", CATALOGUE=str(folder)) as origin:
        wait_until(lambda: len(rows(origin)) == 3)
        assert {row["truth"] for row in rows(origin)} == {"Shirts"}
        assert Client(origin, "shpat_cli").data("{ shop { name } }") == {"shop": {"name": "Demo"}}


def test_serving_drawn_products_slowly(tmp_path: Path) -> None:
    with serving("--products", "3", "--every", "60", "--shop", "drawn.myshopify.com") as origin:
        wait_until(lambda: len(rows(origin)) == 1)
        (row,) = rows(origin)
        assert row["shop"] == "drawn.myshopify.com"


def test_serving_with_faults() -> None:
    with serving("--products", "1", "--fault", "rate_429=1", "--fault", "retry_after_s=3") as origin:
        refused = Client(origin, "shpat_cli").post("{ shop { name } }")
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3.0")
    for text, says in (("rate_429", "looks like rate_429=0.2"), ("rate_418=1", "there are: delay_random_s")):
        refused_option = CliRunner().invoke(devstore, ["serve", "--port", "0", "--fault", text])
        assert says in refused_option.output


def test_serving_an_app_that_gets_its_tokens_by_oauth() -> None:
    app = {"SHOPIFY_BOT_SHOPIFY_API_KEY": "a key", "SHOPIFY_BOT_SHOPIFY_API_SECRET": "a secret"}
    with serving("--products", "1", "--token", "", "--access-seconds", "9", **app) as origin:
        body = {"client_id": "a key", "client_secret": "a secret", "grant_type": "client_credentials"}
        address = f"{origin}/demo.myshopify.com/admin/oauth/access_token"
        given = requests.post(address, json=body, timeout=5).json()
        assert given["expires_in"] == 9
        assert Client(origin, given["access_token"]).data("{ shop { name } }") == {"shop": {"name": "Demo"}}


def test_drawing_a_catalogue_that_can_be_read(tmp_path: Path) -> None:
    result = CliRunner().invoke(devstore, ["draw", "--out", str(tmp_path / "drawn"), "--count", "4"])
    assert result.exit_code == 0, result.output
    assert len(list(read_catalogue(tmp_path / "drawn"))) == 4


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--catalogue", "."], "no folder images/"),
        (["--taxonomy", "empty.txt"], "has no line"),
        (["--duplicates", "2"], "2.0 is not in the range"),
    ],
)
def test_mistakes_are_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.txt").touch()
    result = CliRunner().invoke(devstore, ["serve", "--port", "0", *options])
    assert result.exit_code != 0
    assert message in result.output
    assert "Traceback" not in result.output


def test_port_that_is_taken_is_said() -> None:
    with DevStore() as store:
        result = CliRunner().invoke(devstore, ["serve", "--port", store.origin.rpartition(":")[2]])
    assert result.exit_code == 1
    assert "Cannot listen on port" in result.output


def test_the_store_starts_quickly_and_without_tensorflow() -> None:
    code = (
        "import sys, time, shopify_bot.devstore.store as s\n"
        "began = time.perf_counter()\n"
        "with s.DevStore():\n"
        "    print(time.perf_counter() - began, 'tensorflow' in sys.modules, 'keras' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    seconds, *loaded = done.stdout.split()
    assert float(seconds) < 1
    assert loaded == ["False", "False"]
