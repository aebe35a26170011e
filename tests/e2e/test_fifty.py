"""Fifty drawn products, reviewed by keyboard only: what was decided, what was written, how fast it went."""

import re
import time
from collections import Counter
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import select

from shopify_bot.labels import label_tree
from shopify_bot.mapping import Filing, filing
from shopify_bot.states import State
from shopify_bot.tables import Prediction
from tests.acceptance.test_run import DOMAIN
from tests.e2e.person import Person
from tests.e2e.reviewing import NO_OTHER, Reviewing, percentile
from tests.e2e.stage import Stage

PRODUCTS = 50
BOUND_MS = 150.0
MOST_REQUESTS = 2
WAYS = ("a", "a", "2", "a", "/", "a", "s", "a", "undo", "x", "a", "look around", "a", "3", "a")
"""How one product after the other is decided."""


@dataclass(frozen=True)
class Expected:
    """Kinds and labels of the decisions on a review, oldest first."""

    decisions: tuple[tuple[str, str | None], ...]

    @property
    def label(self) -> str | None:
        """What is to be published, if anything is."""
        return self.decisions[-1][1]


def review_one(stage: Stage, at: Reviewing, way: str) -> Expected:
    """Decide the product on screen that way, and say what should be written down."""
    review, top = int(at.shown), top_of(stage, int(at.shown))
    if way != "/" and len(top) < 4:  # neither picture nor title to go by
        way = "/"
    match way:
        case "2" | "3":
            at.decide(way)
            return Expected((("correct", top[int(way) - 1]),))
        case "/":
            right = stage.shop.products[stage.gid(review)].truth or "Watches"
            at.correct(right)
            return Expected((("approve" if right in top[:1] else "correct", right),))
        case "s" | "x":
            at.decide(way)
            return Expected((({"s": "skip", "x": "dismiss"}[way], None),))
        case "undo":
            at.decide("a")
            at.go("u")
            assert at.shown == str(review), "what was undone is shown again"
            at.decide("a")
            return Expected((("approve", top[0]), ("reopen", None), ("approve", top[0])))
        case "look around":
            at.go("j")
            at.go("k")
            assert at.shown == str(review)
    at.decide("a")
    return Expected((("approve", top[0]),))


def top_of(stage: Stage, review_id: int) -> list[str]:
    """The most likely labels, best first."""
    latest = select(Prediction).where(Prediction.review_id == review_id).order_by(Prediction.id.desc())
    with stage.bot.database.reading() as session:
        return [each["label"] for each in session.scalars(latest.limit(1)).one().top]


def test_fifty_products_by_keyboard(stage: Stage, ann: Person, tmp_path: Path) -> None:
    stage.clear()
    stage.draw(tmp_path, PRODUCTS)
    stage.settle(PRODUCTS)
    ann.page.goto("about:blank")
    ways, expected = cycle(WAYS), dict[int, Expected]()
    started = time.monotonic()
    at = Reviewing.begin(ann)
    while (shown := at.shown) != NO_OTHER:
        assert int(shown) not in expected, f"what was decided comes again: {at.toast}"
        expected[int(shown)] = review_one(stage, at, next(ways))
    took = time.monotonic() - started
    tell(at, took)
    assert len(expected) == PRODUCTS
    check_decisions(stage, expected)
    check_store(stage, expected)
    assert at.mouse == 0
    assert ann.errors == []
    check_requests(at)
    assert percentile(at.times, 95) < BOUND_MS


def check_requests(at: Reviewing) -> None:
    """One request sends a decision; what comes next takes no more than one each, with all that is looked up.

    A busy server may answer when the next product is decided already, so they are counted together. The
    page's own question every two seconds, whether anything has changed, belongs to no decision.
    """
    assert len(at.requests) <= MOST_REQUESTS * len(at.times), at.requests


def tell(at: Reviewing, took: float) -> None:
    """The figures, whatever they are."""
    kinds = Counter(kind_of(each) for each in at.requests)
    print(
        f"\n{PRODUCTS} products reviewed by keyboard in {took:.0f} s; from the key to the next on screen "
        f"p50 {percentile(at.times, 50):.0f} ms, p95 {percentile(at.times, 95):.0f} ms, "
        f"at worst {max(at.times):.0f} ms.\n{len(at.times)} decisions took {len(at.requests)} requests: "
        + ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    )


def kind_of(request: str) -> str:
    """What was asked for, without ids."""
    method, address = request.split()
    path = re.sub(r"/\d+", "/ID", urlsplit(address).path)
    return f"{method} {path}" if "/review" in path or path.endswith(".json") else "pictures"


def check_decisions(stage: Stage, expected: dict[int, Expected]) -> None:
    """Every decision stands in the database, and no other."""
    for review, wanted in expected.items():
        assert tuple(stage.decisions(review)) == tuple((*each, "ann") for each in wanted.decisions), review


def check_store(stage: Stage, expected: dict[int, Expected]) -> None:
    """What was decided for is published once, as the label says; the store knows nothing of the rest."""
    decided = [review for review, wanted in expected.items() if wanted.label]
    stage.wait(lambda: all(stage.state(review) == State.PUBLISHED for review in decided))
    tree = label_tree(stage.bot.settings.model)
    for review, wanted in expected.items():
        gid = stage.gid(review)
        if wanted.label is None:
            assert stage.store.ledger.entries(subject=gid) == []
        else:
            check_product(stage, gid, filing(tree, wanted.label))


def check_product(stage: Stage, gid: str, meant: Filing) -> None:
    """One product in the store's ledger, and as it stands there."""
    tally = stage.store.ledger.tally(DOMAIN, gid)
    assert (tally.category_writes, len(tally.memberships), len(tally.publications)) == (1, 1, 1), gid
    [collection] = (stage.shop.collections[each] for each in tally.memberships)
    product = stage.shop.products[gid]
    assert (product.category, collection.title) == (meant.category_id, meant.collection)
    assert product.status == "ACTIVE"
