"""A browser, the running bot, and somebody who sits before them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.e2e.person import Person
from tests.e2e.stage import Stage, raised

NO_BROWSER = (
    "make e2e needs a browser: CHROMIUM names it (default: chromium on the PATH), and there is none. "
    "On Debian: apt-get install chromium"
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser; without one nothing is proved, so the run ends here."""
    path = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    if path is None:
        pytest.exit(NO_BROWSER, returncode=1)
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def stage(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One installation for all tests; each makes products of its own."""
    with raised(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


OpenContext = Callable[..., BrowserContext]


@pytest.fixture
def context(browser: Browser, stage: Stage, tmp_path: Path) -> Iterator[OpenContext]:
    """Opens windows that share no cookies; they are closed with the test."""
    opened: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        options = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", **options}
        made = browser.new_context(base_url=stage.origin, **options)  # type: ignore[arg-type]
        made.set_default_timeout(15_000)
        opened.append(made)
        return made

    yield open_context
    for each in opened:
        each.close()


@pytest.fixture
def ann(context: OpenContext) -> Person:
    """Ann, signed in."""
    return Person(context().new_page(), "ann").sign_in()


@pytest.fixture
def ben(context: OpenContext) -> Person:
    """Ben, signed in, at a computer of his own."""
    return Person(context().new_page(), "ben").sign_in()
