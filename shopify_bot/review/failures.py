"""Pages for what went wrong: not found, a form that is too old, a model that cannot be read."""

import logging

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from classifier.errors import ClassifierError
from shopify_bot.errors import NotFound
from shopify_bot.review.blueprint import pages
from shopify_bot.review.headers import harden
from shopify_bot.review.languages import _

log = logging.getLogger(__name__)


@pages.errorhandler(404)
@pages.errorhandler(NotFound)
def not_found(_error: Exception) -> ResponseReturnValue:
    """404, the same for what is not there and for what is another shop's."""
    text = _("There is nothing at this address. If it was a product, it may belong to another shop.")
    return failure(_("We cannot find that page"), text), 404


@pages.app_errorhandler(404)
def no_such_page(error: HTTPException) -> ResponseReturnValue:
    """404 for an address that nothing answers: a page for people, the plain error for programs."""
    if not request.accept_mimetypes.accept_html:
        return error
    return harden(make_response(not_found(error)))


@pages.errorhandler(CSRFError)
def outdated_form(_error: CSRFError) -> ResponseReturnValue:
    """400: the form has no valid CSRF token."""
    text = _("The page was open for too long, or you signed in or out meanwhile. Nothing was changed.")
    return failure(_("Please try that once more"), text), 400


@pages.errorhandler(ClassifierError)
def damaged_model(error: ClassifierError) -> ResponseReturnValue:
    """503: the labels come with the model bundle, and that cannot be read."""
    log.error("the model bundle cannot be read: %s", error)
    text = _("Reviewing needs the labels that come with the model. To see what is wrong: shopify-bot doctor")
    return failure(_("The model cannot be read"), text), 503


def failure(title: str, text: str, way: tuple[str, str] | None = None) -> str:
    """A page with one message and a way on: an endpoint and the words that lead there, else to the review."""
    endpoint, words = way or ("pages.queue", _("To the review"))
    return render_template("failure.html", title=title, text=text, endpoint=endpoint, words=words)
