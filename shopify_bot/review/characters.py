"""Refuses the one character that no database here can hold, before anything is looked for or written."""

from collections.abc import Iterator
from itertools import chain

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from shopify_bot.review.blueprint import pages
from shopify_bot.review.failures import failure
from shopify_bot.review.languages import _

NUL = "\0"


@pages.before_request
def refuse_nul() -> ResponseReturnValue | None:
    """400 where an address or a form holds it: browsers send none, and PostgreSQL fails on it."""
    sent = chain((request.path,), every_value(request.args), every_value(request.form))
    if not any(NUL in text for text in sent):
        return None
    text = _("It held a character that cannot be in a text. Nothing was changed.")
    return failure(_("Please try that once more"), text), 400


def every_value(sent: MultiDict[str, str]) -> Iterator[str]:
    """All values of it, those of a repeated name, too."""
    return chain.from_iterable(sent.listvalues())
