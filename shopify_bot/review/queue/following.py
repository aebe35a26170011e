"""What a page is told so that it can go on: the next products, and how many are left."""

from typing import Any

from flask import render_template
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from shopify_bot.finding.selection import id_list
from shopify_bot.review.layout import totals
from shopify_bot.review.queue.shown import fragments
from shopify_bot.review.queue.walk import Walk

MOST_WANTED = 20


def following(database: Session, walk: Walk, asked: MultiDict[str, str]) -> dict[str, Any]:
    """Up to `want` products on the way as HTML, the totals, and how many are left on it.

    `asked` may name the place that they come `after`, or `before`, and the ids that are `held` already.
    `gone` are those held that need no decision any more, `empty` is what to show when there are none.
    """
    want = min(max(asked.get("want", 0, type=int), 0), MOST_WANTED)
    held = id_list(asked.getlist("held"))
    if asked.get("before"):
        reviews = walk.last_before(database, asked["before"], held)
    else:
        reviews = walk.coming(database, asked.get("after") or None, want, held) if want else []
    counts = totals(database, walk.shop)
    return {
        "fragments": fragments(database, walk, reviews),
        "gone": walk.gone(database, held),
        "totals": counts,
        "left": walk.left(database, counts),
        "empty": None if reviews or not want else render_template("one_empty.html", walk=walk, totals=counts),
    }
