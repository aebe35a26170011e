"""Trying the model on any picture: one that is uploaded, at an address, or a product's. It needs no store."""

import logging
from typing import Any

from flask import abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from redis.exceptions import RedisError
from werkzeug.exceptions import RequestEntityTooLarge

from shopify_bot.errors import AskRefused, WorkerSilent
from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.review.failures import failure
from shopify_bot.review.languages import _
from shopify_bot.review.layout import show
from shopify_bot.review.session import signed_in_user
from shopify_bot.review.signing.browser import this_sign_in
from shopify_bot.review.trying.asked import megabytes, reason, tried, wanted
from shopify_bot.review.trying.trials import HEAT, KEPT_S, SHOWN, TYPES, Trial, Trials, trials_of_session

log = logging.getLogger(__name__)

REST_OF_FORM = 100_000
"""Bytes of a form beside its picture."""
MOST_READ = 4
"""A form so many times too large is read to its end, since browsers show an answer only then."""
RETRY_S = 5


@pages.get("/try")
def try_it() -> ResponseReturnValue:
    """`GET /try`: the form, what was tried in this visit, and one of it large: `?id=`, else the latest."""
    return page()


@pages.post("/try")
def try_this() -> ResponseReturnValue:
    """`POST /try`: look at `picture`, at `address`, at `title`, or with `draw` at a product of the store.

    `forget` deletes what was tried in this visit.
    """
    try:
        trials = trials_of_session(the_bot().doorbell.client())
        if request.form.get("forget"):
            trials.forget()
            return redirect(url_for("pages.try_it"), 303)
        trial, pictures = tried(wanted())
        trials.add(trial, pictures)
    except AskRefused as refused:
        return page(problem=reason(refused), detail=str(refused)), 400
    except WorkerSilent as silent:
        return page(problem=_("No worker could look at it just now."), detail=str(silent)), 503, away()
    except RedisError as error:
        log.warning("redis is away, nothing can be tried: %s", error)
        return (
            page(problem=_("No worker could look at it just now."), detail=_("Redis is away.")),
            503,
            away(),
        )
    return redirect(url_for("pages.try_it", id=trial.id, _anchor="result"), 303)


@pages.get("/try/picture")
def try_picture() -> ResponseReturnValue:
    """`GET /try/picture`: a picture that was tried in this visit: `?id=`, with `&heat=1` its heat map."""
    name = HEAT if request.args.get("heat") else SHOWN
    try:
        data = trials_of_session(the_bot().doorbell.client()).picture(request.args.get("id", ""), name)
    except (RedisError, WorkerSilent):
        data = None
    if data is None:
        abort(404)
    answer = make_response(data)
    answer.headers["Content-Type"] = TYPES[name]
    answer.headers["Cache-Control"] = f"private, max-age={KEPT_S}"
    return answer


def page(**values: Any) -> str:
    """The page, in the frame of the shop on screen if there is one."""
    there = all_trials()
    chosen = request.args.get("id")
    current = next((each for each in there if each.id == chosen), there[0] if there else None)
    limits = {"max_bytes": the_bot().settings.image_max_bytes, "megabytes": megabytes()}
    values = {"trials": there, "current": current, "asked": request.form, **limits, **values}
    if "visit" not in g:
        return render_template("try.html", person={"name": g.user_name}, **values)
    with the_bot().database.reading() as database:
        return show(database, "try.html", **values)


def all_trials() -> list[Trial]:
    """What was tried in this visit, none while Redis is away."""
    try:
        trials: Trials = trials_of_session(the_bot().doorbell.client())
        return trials.all()
    except (RedisError, WorkerSilent):
        return []


def away() -> dict[str, str]:
    """When to come back."""
    return {"Retry-After": str(RETRY_S)}


@pages.url_value_preprocessor
def allow_pictures(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let whoever is signed in send a picture; before the form is read, which the CSRF check does."""
    if endpoint != "pages.try_this":
        return
    with the_bot().database.reading() as database:
        if signed_in_user(database) is not None:
            request.max_content_length = the_bot().settings.image_max_bytes + REST_OF_FORM


@pages.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """413: a picture, or another form, that is larger than we take."""
    read_to_its_end()
    text = _("A picture may have at most %(megabytes)s MB. Use a smaller one.", megabytes=megabytes())
    return failure(_("That was too large"), text, way=("pages.try_it", _("Try another one"))), 413


def read_to_its_end() -> None:
    """Take in what somebody signed in is still sending, unless that is far too much."""
    if this_sign_in() is None:
        return
    left = min(request.content_length or 0, MOST_READ * the_bot().settings.image_max_bytes)
    stream = request.environ["wsgi.input"]
    while left > 0 and (read := len(stream.read(min(left, 1_000_000)))):
        left -= read
