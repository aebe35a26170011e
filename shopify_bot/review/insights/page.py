"""The page of insights."""

from typing import Any, cast

from flask import current_app, request
from flask.typing import ResponseReturnValue

from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.review.insights.drawing import drawn_curve, drawn_outcomes, drawn_waits
from shopify_bot.review.insights.labels import Confusion
from shopify_bot.review.insights.outcomes import by_model, in_all, over_time, pace
from shopify_bot.review.insights.periods import BEGINNING, NAMES, UNITS, Period
from shopify_bot.review.insights.sureness import sureness
from shopify_bot.review.insights.waits import waits
from shopify_bot.review.layout import show
from shopify_bot.review.session import visit
from shopify_bot.tables import Shop, now
from shopify_bot.tallies import Kept, Part, Tallies

FEW = 100
"""Below so many judgements of people shares mean little."""
MOST_LABELS = 12
SORTS = ("count", "right", "label")


@pages.get("/insights")
def insights() -> ResponseReturnValue:
    """`GET /insights`: how good the predictions are, over time and label by label, and how long all takes.

    `?period=7`, `30`, `90` or `all`; `?model=VERSION`; `?sort=count`, `right` or `label`; `?labels=all`.
    """
    shop = visit().shop
    with the_bot().database.reading() as database:
        tallies = Tallies(database, shop, kept=kept_sums())
        versions = tallies.versions()
        asked = {"period": chosen("period", NAMES, BEGINNING), "model": chosen("model", versions, "")}
        values = figures(tallies, shop, Period(asked["period"], now().date()), asked["model"], versions)
        every = request.args.get("labels") == "all"
        return show(
            database,
            "insights.html",
            asked=asked,
            periods=NAMES,
            units=UNITS,
            versions=versions,
            few=FEW,
            most_labels=None if every else MOST_LABELS,
            **values,
        )


def kept_sums() -> Kept:
    """What this process keeps of earlier readings."""
    return cast(Kept, current_app.extensions.setdefault("kept_sums", Kept()))


def chosen(name: str, known: Any, otherwise: str) -> str:
    """The argument if it is one of those known."""
    value = request.args.get(name, "")
    return value if value in known else otherwise


def figures(
    whole: Tallies, shop: Shop, period: Period, model: str, versions: dict[str, str]
) -> dict[str, Any]:
    """All that the page shows of the period, and of one model's predictions unless that is empty."""
    tallies = whole.only(period.since, model or None)
    days = tallies.sums(Part.DAYS, "day", "kind", "source", "model_version")
    confusion = Confusion(tallies.sums(Part.LABELS, "kind", "source", "predicted_label", "label"))
    sure = sureness(
        tallies.sums(Part.CONFIDENCE, "kind", "source", "decides_alone", "bucket"), shop.alone_above
    )
    waited = tallies.sums(Part.WAITS, "kind", "bucket")
    over = over_time(days, period, {name: versions[name] for name in versions if model in ("", name)})
    sort = chosen("sort", SORTS, "count")
    return {
        "total": in_all(days),
        "over": over,
        "pace": pace(days, period),
        "outcome_charts": drawn_outcomes(over),
        "models": by_model(days, versions),
        "sure": sure,
        "curves": drawn_curve(sure),
        "waits": {kind: waits(waited, kind) for kind in ("prediction", "decision")},
        "wait_charts": {kind: drawn_waits(waits(waited, kind)) for kind in ("prediction", "decision")},
        "sort": sort,
        "labels": confusion.labels(sort),
        "pairs": confusion.pairs(),
        "matrix": confusion.matrix(),
    }
