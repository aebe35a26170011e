"""The history as a table to take away."""

from collections.abc import Iterator

from flask import request
from flask.typing import ResponseReturnValue

from shopify_bot.bot import Bot
from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.review.changes import Change
from shopify_bot.review.downloads import csv_download
from shopify_bot.review.history.entries import Entry, entries
from shopify_bot.review.history.filters import Filter
from shopify_bot.review.history.streams import places
from shopify_bot.review.history.telling import kind_of
from shopify_bot.review.session import visit
from shopify_bot.tables import Shop

AT_ONCE = 500
FIELDS = ("Category", "Type", "Tags", "Collection", "Status")
HEADER = (
    "time",
    "what",
    "product",
    "title",
    "review",
    "predicted",
    "confidence",
    "label",
    "who",
    "where",
    "bulk action",
    "model version",
    "replaces category",
    *(f"{name.lower()} {when}" for name in FIELDS for when in ("before", "after")),
    "the store said",
    "put back",
    "left",
    "error",
)


@pages.get("/history.csv")
def history_csv() -> ResponseReturnValue:
    """`GET /history.csv`: all entries that `GET /history` shows with the same arguments, newest first."""
    asked = Filter.from_args(request.args)
    return csv_download("history", HEADER, lines(the_bot(), visit().shop, asked))


def lines(bot: Bot, shop: Shop, asked: Filter) -> Iterator[list[str]]:
    """The rows, read piece by piece, so that any number fits into memory and no reading takes long."""
    before = None
    while True:
        with bot.database.reading() as session:
            found = places(session, shop, asked, before, AT_ONCE)
            rows = [line(entry) for entry in entries(session, shop, found)]
        yield from rows
        if len(found) < AT_ONCE:
            return
        before = found[-1]


def line(entry: Entry) -> list[str]:
    """The cells of one entry, in the order of the header."""
    product = entry.review.product
    head = [entry.moment.isoformat(), kind_of(entry), product.gid, product.title, str(entry.review.id)]
    return [*head, *decided(entry), *decision_cells(entry), *stored(entry.changes), *answered(entry)]


def decided(entry: Entry) -> list[str]:
    """From what to what."""
    decision = entry.decision
    predicted = (decision.predicted_label if decision else None) or ""
    sure = decision.confidence if decision else None
    return [predicted, "" if sure is None else f"{sure:.4f}", entry.label or ""]


def decision_cells(entry: Entry) -> list[str]:
    """Who decided, where, as part of what, about which model's prediction."""
    decision = entry.decision
    if decision is None:
        return [entry.carries_out.reviewer if entry.carries_out else "", "worker", "", "", ""]
    bulk = "" if decision.bulk_id is None else str(decision.bulk_id)
    replaced = "yes" if decision.replaces_category else ""
    return [decision.reviewer, decision.source, bulk, decision.model_version or "", replaced]


def stored(changes: list[Change]) -> list[str]:
    """What stood in the store before and after, field by field."""
    by_name = {change.name: change for change in changes}
    cells = []
    for name in FIELDS:
        change = by_name.get(name)
        cells += ["; ".join(change.before), "; ".join(change.after)] if change else ["", ""]
    return cells


def answered(entry: Entry) -> list[str]:
    """What the store said, and what became of taking it back."""
    put_back = "; ".join(f"{what}: {to}" for what, to in entry.put_back)
    left = "; ".join(f"{what}: {because}" for what, because in entry.left)
    return [" ".join(entry.said), put_back, left, entry.error or ""]
