"""Every page that is measured, with the arguments it is asked with."""

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from asking import Ask
from flask import Flask
from seeding import ONE_VENDOR, RARE
from sqlalchemy import func, select
from werkzeug.routing import MapAdapter

from shopify_bot.bot import Bot
from shopify_bot.finding.paging import END
from shopify_bot.states import State
from shopify_bot.tables import Prediction, Review

SOME = 400
WORDS = ("navy", "linen", "striped women", "olive cotton", "alder")
ABSENT = ("nothing is called so", "xylophone", "zzz")
SORTS = ("oldest", "newest", "least_sure", "alike")
ALL_OF_ONE = {"state": "pending", "vendor": ONE_VENDOR, "kind": "approve", "all": "1"}
Asks = Callable[[int], Iterator[Ask]]


@dataclass(frozen=True)
class Known:
    """What there is to ask for."""

    pending: list[int]
    published: list[int]
    vendors: list[str]
    labels: list[str]
    predictions: dict[int, int]
    """Id of the prediction of every pending review there."""

    @classmethod
    def of(cls, bot: Bot) -> "Known":
        """Read from the database; labels are those of most products first."""
        chance = random.Random(7)
        with bot.database.reading() as session:
            by_state = {
                state: list(session.scalars(select(Review.id).where(Review.state == state.value)))
                for state in (State.PENDING, State.PUBLISHED)
            }
            some = {state: chance.sample(ids, min(SOME, len(ids))) for state, ids in by_state.items()}
            vendors = list(session.scalars(select(Review.vendor).distinct().order_by(Review.vendor)))
            labels = select(Review.label).where(Review.label.is_not(None)).group_by(Review.label)
            by_size = list(session.scalars(labels.order_by(func.count().desc())))
            said = select(Prediction.review_id, Prediction.id)
            said = said.where(Prediction.review_id.in_(some[State.PENDING]))
            predictions = {row.review_id: row.id for row in session.execute(said)}
        return cls(
            some[State.PENDING],
            some[State.PUBLISHED],
            vendors,
            [each for each in by_size if each],
            predictions,
        )


def page_list(app: Flask, known: Known) -> dict[str, Asks]:
    """Pages by their names in the figures."""
    to = Addresses(app.url_map.bind(""))
    table = to.page("table")
    reviews = known.published + known.pending
    return {
        "review": each_of(to.page("queue"), [{"sort": sort} for sort in SORTS]),
        "review_filtered": each_of(to.page("queue"), [{"vendor": ONE_VENDOR}, {"q": "linen"}]),
        "product": paths(to.page("product", review_id=each) for each in reviews),
        "decision": decisions(to, known),
        "table": each_of(table, [{"sort": sort} for sort in SORTS]),
        "table_of_a_state": each_of(
            table, [{"state": state, "sort": sort} for state in State for sort in SORTS]
        ),
        "table_search": each_of(table, [{"q": word, "sort": sort} for word in WORDS for sort in SORTS]),
        "table_rare_search": each_of(table, [{"q": RARE}, {"q": RARE.lower(), "sort": "newest"}]),
        "table_absent_search": each_of(table, [{"q": word} for word in ABSENT]),
        "table_vendor": each_of(table, [{"vendor": each} for each in known.vendors[::9]]),
        "table_label": each_of(table, [{"label": each} for each in known.labels]),
        "table_unsure": each_of(table, [{"most": "50"}, {"least": "20", "most": "30", "state": "pending"}]),
        "bulk_confirmation": each_of(
            "/bulk/new", [ALL_OF_ONE, {**ALL_OF_ONE, "kind": "correct", "to": "Shirts"}]
        ),
        "table_last_page": each_of(table, [{"before": END, "sort": sort} for sort in SORTS]),
        "history": each_of(to.page("history"), [{}]),
        "insights": each_of(to.page("insights"), [{}]),
        "operations": each_of(to.page("operations"), [{}]),
        "settings": each_of(to.page("settings"), [{}]),
        "mapping": each_of(to.page("mapping"), [{}, {"q": "shirt"}]),
        "try": each_of(to.page("try_it"), [{}]),
        "live": each_of(
            "/live", [{"reviews": ",".join(map(str, known.pending[n : n + 50]))} for n in range(20)]
        ),
        "metrics": each_of("/metrics", [{}]),
    }


@dataclass(frozen=True)
class Addresses:
    """Where the pages are, by the names of their endpoints."""

    adapter: MapAdapter

    def page(self, endpoint: str, **values: Any) -> str:
        """The path of that page."""
        return self.adapter.build(f"pages.{endpoint}", values)


def each_of(path: str, arguments: list[dict[str, str]]) -> Asks:
    """The path with each set of arguments in turn."""
    return paths(f"{path}?{urlencode(each)}" if each else path for each in arguments)


def paths(found: Iterator[str]) -> Asks:
    """Those paths in turn."""
    kept = itertools.cycle(list(found))

    def asks(times: int) -> Iterator[Ask]:
        return (Ask(path) for path in itertools.islice(kept, times))

    return asks


def decisions(to: Addresses, known: Known) -> Asks:
    """Approvals as the page sends them, each of another product."""
    left = iter(known.predictions.items())

    def asks(times: int) -> Iterator[Ask]:
        for review, prediction in itertools.islice(left, times):
            form = {"prediction": str(prediction)}
            yield Ask(to.page("approve", review_id=review), form, {"Accept": "application/json"})

    return asks
