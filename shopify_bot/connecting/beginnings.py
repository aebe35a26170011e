"""What a browser began on our pages and Shopify is to answer: one thing at a time, once, within minutes."""

import secrets
import time
from dataclasses import asdict, dataclass

from flask import request, session

from shopify_bot.review.languages import _
from shopify_bot.shopify.errors import BadCallback

STATE_S = 600
"""Seconds that somebody has for Shopify's page."""


@dataclass(frozen=True)
class Beginning:
    """To connect the store of that domain, or to sign in as one of its staff and then go on to `next`."""

    shop: str
    signs_in: bool = False
    next: str = ""


def begin(what: Beginning) -> str:
    """Remember it in this session; the state that Shopify's answer must name."""
    state = secrets.token_urlsafe(24)
    session["begun"] = {"state": state, "until": time.time() + STATE_S, "what": asdict(what)}
    return state


def is_signing_in() -> bool:
    """Whether a sign-in was the last thing that was begun in this session."""
    return bool(session.get("begun", {}).get("what", {}).get("signs_in"))


def begun() -> Beginning:
    """What the answer in this request belongs to; each beginning has one answer. Raises BadCallback."""
    kept = session.pop("begun", None)
    states = request.args.getlist("state")
    if kept is None or time.time() > kept["until"] or len(states) != 1:
        text = _(
            "Nothing was begun in this browser that the answer belongs to, or it was more than %(minutes)s "
            "minutes ago. Please begin again.",
            minutes=STATE_S // 60,
        )
        raise BadCallback(text)
    if not secrets.compare_digest(kept["state"].encode(), states[0].encode()):
        raise BadCallback(_("This is not the answer to what you began here. Please begin again."))
    return Beginning(**kept["what"])
