"""Why the model says what it says of a product: where it looked, and the decided products that look alike."""

import base64
from typing import NamedTuple

from flask import Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from shopify_bot.decisions import find_review
from shopify_bot.errors import AskRefused, WorkerSilent
from shopify_bot.finding.listing import LOADED
from shopify_bot.finding.noting import choice_of
from shopify_bot.review.blueprint import REVIEW_ID, pages, the_asker, the_bot
from shopify_bot.review.languages import _
from shopify_bot.review.layout import show
from shopify_bot.review.presenting import picture, short_title
from shopify_bot.review.session import visit
from shopify_bot.tables import Decision, Review, Shop

MOST_SIMILAR = 6
HEAT_KEPT_S = 600
RETRY_S = 5
NOT_THERE = frozenset({"no_picture", "no_label", "gone"})


@pages.get(f"/review/{REVIEW_ID}/heat.png")
def heat(review_id: int) -> ResponseReturnValue:
    """`GET /review/ID/heat.png`: where the picture speaks for `?label=`, by default for the review's own.

    404 without a picture or for a label that the model has not learnt, 503 while no worker can tell.
    """
    with the_bot().database.reading() as database:
        review = find_review(database, visit().shop, review_id)
        label = request.args.get("label") or review.label
        if picture(review.product) is None or not label:
            abort(404)
    asked = {"shop": visit().shop.id, "review": review_id, "label": label}
    try:
        drawn = the_asker().ask("heat", asked)["png"]
    except AskRefused as refused:
        if refused.reason in NOT_THERE:
            abort(404)
        return later(str(refused))
    except WorkerSilent as silent:
        return later(str(silent))
    answer = make_response(base64.b64decode(drawn))
    answer.headers["Content-Type"] = "image/png"
    answer.headers["Cache-Control"] = f"private, max-age={HEAT_KEPT_S}"
    return answer


def later(text: str) -> Response:
    """503 with one sentence."""
    return Response(text, 503, {"Retry-After": str(RETRY_S)}, content_type="text/plain; charset=utf-8")


class Similar(NamedTuple):
    """A decided product that looks like the one on screen; `percent` is how much, of a hundred."""

    review_id: int
    title: str
    picture: str | None
    decision: Decision
    percent: int


@pages.get(f"/review/{REVIEW_ID}/similar")
def similar(review_id: int) -> ResponseReturnValue:
    """`GET /review/ID/similar`: the decided products most like it, as part of a page or a page of its own.

    503 while no worker can tell.
    """
    with the_bot().database.reading() as database:
        product = find_review(database, visit().shop, review_id).product
    has_picture = picture(product) is not None
    answer, trouble = ask_for_similar(review_id) if has_picture else ([], None)
    with the_bot().database.reading() as database:
        found = alike(database, visit().shop, answer)
        values = {"similar": found, "trouble": trouble, "has_picture": has_picture}
        if request.headers.get("Sec-Fetch-Mode") == "navigate":
            title = _("Products like %(title)s", title=short_title(product))
            page = show(database, "similar_page.html", review_id=review_id, title=title, **values)
        else:
            page = render_template("similar.html", **values)
    return (page, 503, {"Retry-After": str(RETRY_S)}) if trouble else page


def ask_for_similar(review_id: int) -> tuple[list[dict[str, float]], str | None]:
    """What a worker answers, or why none does."""
    asked = {"shop": visit().shop.id, "review": review_id, "most": MOST_SIMILAR}
    try:
        return the_asker().ask("similar", asked)["reviews"], None
    except (AskRefused, WorkerSilent) as error:
        return [], str(error)


def alike(database: Session, shop: Shop, answer: list[dict[str, float]]) -> list[Similar]:
    """The reviews of an answer, those that are still there and decided."""
    cosines = {int(each["review"]): float(each["cosine"]) for each in answer}
    query = select(Review).where(Review.shop_id == shop.id, Review.id.in_(cosines)).options(*LOADED)
    reviews = {review.id: review for review in database.scalars(query)}
    found = [(reviews[each], cosine) for each, cosine in cosines.items() if each in reviews]
    return [
        Similar(
            review.id, short_title(review.product), picture(review.product), decision, round(cosine * 100)
        )
        for review, cosine in found
        if (decision := choice_of(review)) is not None
    ]
