"""The README's steps, for each kind of token: from nothing to the first published product."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from bs4 import BeautifulSoup

from shopify_bot.chores.subscriptions import WANTED
from shopify_bot.demo.showing import free_port
from shopify_bot.devstore import DevStore
from shopify_bot.settings import ROOT
from tests.acceptance.test_run import Installation, wait_until
from tests.bot.test_classifying import jpeg
from tests.conftest import API_SECRET

pytestmark = pytest.mark.timeout(300)

DOMAIN, KEY = "my-store.myshopify.com", "our-client-id"
TOKEN, PASSWORD = "shpat_made-in-the-admin", "correct horse"


@pytest.fixture
def nothing(tmp_path: Path) -> Iterator[tuple[Installation, DevStore]]:
    """A fresh installation that runs, and a store that does not know it."""
    port = free_port()
    back = (f"http://127.0.0.1:{port}/auth/callback",)
    with DevStore(None, api_key=KEY, api_secret=API_SECRET, redirect_uris=back) as store:
        installation = Installation(tmp_path / "data", store, port)
        installation.env["SHOPIFY_BOT_SHOPIFY_API_KEY"] = KEY
        add_user(installation)
        installation.start()
        yield installation, store
        if installation.process is not None and installation.process.poll() is None:
            os.killpg(installation.process.pid, signal.SIGKILL)
            installation.process.wait()


def add_user(installation: Installation) -> None:
    command = [sys.executable, "-m", "shopify_bot", "users", "add", "me"]
    subprocess.run(command, cwd=ROOT, env=installation.env, input=PASSWORD, text=True, check=True)


def agree_in_a_browser(page: str) -> requests.Response:
    """Open the page, sign in, and follow wherever that leads."""
    browser = requests.Session()
    sign_in = BeautifulSoup(browser.get(page, timeout=10).text, "html.parser")
    form = {field["name"]: field["value"] for field in sign_in.select("input[type=hidden]")}
    address = page.partition("/auth")[0] + "/login"
    return browser.post(address, form | {"name": "me", "password": PASSWORD}, timeout=30)


def connect(installation: Installation, store: DevStore, kind: str) -> None:
    if kind == "authorization code":
        store.add_shop(DOMAIN, token=None, own_organization=False)
        seen = agree_in_a_browser(installation.command("shops", "add", DOMAIN, "--authorize").strip())
        assert f"{DOMAIN} is connected" in seen.text
    elif kind == "client credentials":
        store.add_shop(DOMAIN, token=None)
        installation.command("shops", "add", DOMAIN, "--client-credentials")
    else:
        store.add_shop(DOMAIN, token=TOKEN)
        installation.command("shops", "add", DOMAIN, "--token", TOKEN)


@pytest.mark.parametrize("kind", ["client credentials", "authorization code", "static token"])
def test_from_nothing_to_the_first_published_product(
    nothing: tuple[Installation, DevStore], kind: str
) -> None:
    installation, store = nothing
    connect(installation, store, kind)
    shop = store.shop(DOMAIN)
    wait_until(lambda: len(shop.subscriptions) == len(WANTED), 60)
    checked = installation.command("shops", "check").splitlines()
    assert len(checked) == 8
    assert all(line.startswith("     ok  ") for line in checked[1:])
    assert f"({kind}, " in checked[1]
    gid = shop.create_product("A steel watch", jpeg("Watches", 1))
    wait_until(lambda: installation.counts()["pending"] == 1, 120)
    installation.command("review", "approve", "--all")
    wait_until(lambda: installation.counts()["published"] == 1, 60)
    assert shop.products[gid].status == "ACTIVE"
    told = installation.log.read_text("utf-8")
    for secret in (API_SECRET, *shop.tokens.alive()):
        assert secret not in told
