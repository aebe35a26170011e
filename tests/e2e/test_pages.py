"""Every page, light and dark, on a phone and on a screen: axe finds nothing serious, nothing overflows."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from sqlalchemy import select

from shopify_bot.app import create_app
from shopify_bot.states import State
from shopify_bot.tables import BulkAction
from tests.e2e.addresses import addresses, page_rules
from tests.e2e.conftest import OpenContext
from tests.e2e.person import Person
from tests.e2e.stage import Stage

SERIOUS = ("serious", "critical")
WIDTHS = (375, 1440)
SCHEMES = ("light", "dark")
LABEL = "Shirts"
GONE, REFUSED = "/review/999999999", "/login/shopify"
STATUS = {GONE: 404, REFUSED: 400}
"""Of pages that say why there is nothing to see; of all others 200."""
SHOWN = (State.PENDING, State.SKIPPED, State.DISMISSED, State.PUBLISHED, State.FAILED, State.APPROVED)


@pytest.fixture(scope="session")
def lived_in(stage: Stage) -> Stage:
    """At least one product that waits, and one that is published."""
    if not stage.reviews(State.PUBLISHED):
        [review] = stage.create()
        stage.running.command("review", "approve", str(review))
        stage.wait_for(review, State.PUBLISHED)
    if len(stage.reviews(State.PENDING)) < 2:
        stage.create(2, "Watches", "Another watch")
    if not bulk_actions(stage):
        stage.approve_in_bulk(stage.create(2, "Shirts", "A shirt"))
    return stage


def bulk_actions(stage: Stage) -> list[str | int]:
    """Ids of all of them."""
    with stage.bot.database.reading() as session:
        return list(session.scalars(select(BulkAction.id)))


def paths(stage: Stage) -> list[str]:
    """The address of every page, for one review in each state that there is."""
    reviews = [found[-1] for state in SHOWN if (found := stage.reviews(state))]
    published = stage.reviews(State.PUBLISHED)[-1:]
    found = []
    for rule in page_rules(create_app(stage.bot)):
        ids = published if rule.rule.endswith("/revert") else reviews
        found += addresses(
            rule, {"review_id": list(ids), "label": [LABEL], "action_id": bulk_actions(stage)[-1:]}
        )
    some = ",".join(map(str, stage.reviews(State.PENDING)[:3]))
    return [*sorted(found), f"/bulk/new?kind=approve&all=1&ids={some}", "/table?q=nothing+is+called+so", GONE]


def serious(page: Page) -> list[str]:
    """What axe calls serious or critical, each with the first element."""
    answer: dict[str, Any] = Axe().run(page).response
    return [
        f"{each['impact']} {each['id']}: {each['help']}: {each['nodes'][0]['html'][:300]} "
        f"({len(each['nodes'])} times) {each['nodes'][0].get('failureSummary', '')[:300]}"
        for each in answer["violations"]
        if each["impact"] in SERIOUS
    ]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page(lived_in: Stage, context: OpenContext, scheme: str, width: int) -> None:
    window = context(
        color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 900}
    ).new_page()
    wrong = judged(window, "/login")
    ann = Person(window, "ann").sign_in()
    walked = paths(lived_in)
    for path in walked:
        wrong += judged(ann.page, path)
    print(f"\n{len(walked)} pages, {scheme}, {width} px: {len(wrong)} faults")
    assert not ann.errors
    assert not wrong, "\n".join(wrong)


def judged(page: Page, path: str) -> list[str]:
    """What is wrong with a page, as it stands once everything has come."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == STATUS.get(path, 200), f"{path}: {answer.status}"
    if "text/html" not in answer.headers["content-type"]:
        return []
    page.wait_for_load_state("load")
    wide = overflow(page)
    return [
        *([f"{path}: {wide} px too wide"] if wide > 0 else []),
        *(f"{path}: {each}" for each in serious(page)),
    ]


def test_a_fault_would_be_seen(lived_in: Stage, context: OpenContext) -> None:
    page = context().new_page()
    page.goto("/login")
    page.evaluate(
        "document.querySelector('main').innerHTML = '<img src=x><button></button><b class=wide>x</b>'"
    )
    assert len(serious(page)) >= 2
    page.evaluate("document.querySelector('.wide').replaceChildren('x'.repeat(3000))")
    assert overflow(page) > 0
