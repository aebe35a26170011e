"""`shopify-bot run` as a real process beside a local store: nothing is lost, nothing published twice."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
import requests

from shopify_bot.chores.subscriptions import WANTED
from shopify_bot.demo.showing import free_port
from shopify_bot.devstore import DevStore
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.settings import ROOT
from tests.bot.test_classifying import jpeg
from tests.conftest import API_SECRET

pytestmark = pytest.mark.timeout(600)

DOMAIN, TOKEN = "demo.myshopify.com", "shpat_devstore"
PRODUCTS = 24


class Installation:
    """A running `shopify-bot run`, spoken to by its commands as a person would."""

    def __init__(self, folder: Path, store: DevStore, port: int) -> None:
        self.port = port
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("SHOPIFY_BOT_")},
            "PATH": str(folder),  # no redis-server there: the wheel has to do
            "SHOPIFY_BOT_DATA_DIR": str(folder),
            "SHOPIFY_BOT_APP_URL": f"http://127.0.0.1:{port}",
            "SHOPIFY_BOT_ADMIN_ORIGIN": store.origin,
            "SHOPIFY_BOT_IMAGE_HOSTS": store.host,
            "SHOPIFY_BOT_SHOPIFY_API_SECRET": API_SECRET,
            "SHOPIFY_BOT_IMAGE_RETRY_S": "1,1",
            "SHOPIFY_BOT_RETRY_S": "1,1,1,1,1,1,1,1,1,1",
            "SHOPIFY_BOT_LEASE_S": "6",
            "SHOPIFY_BOT_SUBSCRIPTIONS_S": "5",
            "SHOPIFY_BOT_RECONCILE_S": "5",
        }
        self.log = folder.parent / "run.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "shopify_bot", "run", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.env, start_new_session=True, stdout=log, stderr=log
            )
        wait_until(self.is_healthy, 60)

    def is_healthy(self) -> bool:
        try:
            return requests.get(f"http://127.0.0.1:{self.port}/healthz", timeout=1).status_code == 200
        except requests.RequestException:
            return False

    def command(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "shopify_bot", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = json.loads(self.command("status", "--json"))["products"]
        return found

    def children(self) -> list[psutil.Process]:
        assert self.process is not None
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, *words: str) -> psutil.Process:
        """The youngest living process with all these words in its command line. Raises ValueError."""
        found = [child for child in self.children() if all(word in command_line(child) for word in words)]
        return max(found, key=lambda child: child.create_time())

    def stop(self, number: int = signal.SIGINT) -> int:
        """Ctrl-C: the signal goes to the whole process group."""
        assert self.process is not None
        os.killpg(self.process.pid, number)
        return self.process.wait(30)


def command_line(process: psutil.Process) -> str:
    """How the process was started; empty when it has ended meanwhile."""
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return ""


def wait_until(true: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not within {seconds} s: {true}"
        time.sleep(0.2)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[tuple[Installation, StoreShop, DevStore]]:
    port = free_port()
    with DevStore(None, API_SECRET) as store:  # it tells whoever subscribed
        shop = store.add_shop(DOMAIN, TOKEN)
        running = Installation(tmp_path / "data", store, port)
        running.command("shops", "add", DOMAIN, "--token", TOKEN)
        running.start()
        wait_until(lambda: len(shop.subscriptions) == len(WANTED), 60)
        yield running, shop, store
        if running.process is not None and running.process.poll() is None:
            os.killpg(running.process.pid, signal.SIGKILL)
            running.process.wait()


def test_the_processes_are_told_apart_and_a_ctrl_c_ends_them_all(
    installation: tuple[Installation, StoreShop, DevStore],
) -> None:
    running, _, _ = installation
    assert running.process is not None
    wait_until(lambda: len(running.children()) >= 7, 10)
    family = running.children()
    workers = [child for child in family if "worker.py" in command_line(child)]
    names = {child.cmdline()[-1]: child for child in workers}
    assert sorted(names) == ["bulk", "classify", "publish"]
    assert names["bulk"].nice() > names["classify"].nice(), "it gives way to the others"
    assert {os.getpgid(child.pid) for child in family} == {os.getpgid(running.process.pid)}
    assert any("valkey" in command_line(child) for child in family), "the wheel's own server is in use"
    assert running.stop() == 0
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []
    assert not (Path(running.env["SHOPIFY_BOT_DATA_DIR"]) / "redis.url").exists()
    assert "Traceback" not in running.log.read_text("utf-8")


def test_killing_any_process_in_mid_run_loses_nothing(
    installation: tuple[Installation, StoreShop, DevStore],
) -> None:
    running, shop, store = installation
    store.faults.set(delay_s=0.05)
    victims = [("worker.py", "classify"), ("gunicorn",), ("valkey",), ("sweep",), ("worker.py", "publish")]
    for number in range(PRODUCTS):
        shop.create_product(f"Product {number}", jpeg(("Watches", "Tshirts")[number % 2], number % 8))
        if number % 5 == 2:
            victim = running.child(*victims[number // 5])
            victim.kill()
            wait_until(lambda: has_heir(running, victims[number // 5], victim), 6)  # noqa: B023
    wait_until(lambda: running.counts()["pending"] == PRODUCTS, 120)
    running.command("review", "approve", "--all")
    for _ in range(3):
        wait_until(lambda: store.ledger.entries(kind="published") != [], 60)
        running.child("worker.py", "publish").kill()
        time.sleep(2)
    wait_until(lambda: running.counts()["published"] == PRODUCTS, 180)
    for gid in shop.products:
        tally = store.ledger.tally(DOMAIN, gid)
        assert (tally.category_writes, len(tally.memberships), len(tally.publications)) == (1, 1, 1)
    titles = [collection.title for collection in shop.collections.values()]
    assert len(titles) == len(set(titles))


def test_what_no_webhook_told_is_found_and_lost_subscriptions_come_back(
    installation: tuple[Installation, StoreShop, DevStore],
) -> None:
    running, shop, store = installation
    store.webhooks.lose()
    for number in range(6):
        shop.create_product(f"Product {number}", jpeg(shape=number))
    shop.subscriptions.clear()  # Shopify gave up on us
    wait_until(lambda: running.counts()["pending"] == 6, 60)
    assert [sent.event.topic for sent in store.webhooks.sent] == []
    wait_until(lambda: len(shop.subscriptions) == len(WANTED), 60)
    store.webhooks.lose(0.0)
    shop.create_product("Heard of", jpeg())
    wait_until(lambda: running.counts()["pending"] == 7, 60)
    assert {sent.status for sent in store.webhooks.sent} == {200}
    assert "Traceback" not in running.log.read_text("utf-8")


def has_heir(running: Installation, words: tuple[str, ...], victim: psutil.Process) -> bool:
    """Whether a process like the one that was killed runs again."""
    try:
        return running.child(*words).pid != victim.pid
    except ValueError:
        return False


def test_stopping_and_starting_again_goes_on_where_it_stood(
    installation: tuple[Installation, StoreShop, DevStore],
) -> None:
    running, shop, store = installation
    for number in range(6):
        shop.create_product(f"Product {number}", jpeg(shape=number))
    assert running.process is not None
    running.process.kill()  # the supervisor itself: its children end with it
    running.process.wait()
    running.start()
    wait_until(lambda: running.counts()["pending"] == 6, 90)
    running.stop()
    assert json.loads(running.command("review", "list", "--state", "pending", "--json"))[0]["shop"] == DOMAIN
    assert running.command("review", "approve", "--all") == ""
    store.faults.set(delay_s=0.2)
    running.start()
    wait_until(lambda: store.ledger.entries(kind="category_written") != [], 60)
    assert running.stop() == 0, "a Ctrl-C amid publishing finishes what is at hand"
    assert "Traceback" not in running.log.read_text("utf-8")
    running.start()
    wait_until(lambda: running.counts()["published"] == 6, 60)
    assert len(store.ledger.entries(kind="published", effective=True)) == 6 + len(shop.collections)
