"""Signing in with a password and out again, and choosing the shop to look at."""

import logging
from typing import cast

from flask import current_app, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from shopify_bot.people.users import any_user, check_password
from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.review.languages import _, ngettext
from shopify_bot.review.notices import tell
from shopify_bot.review.returning import local_path
from shopify_bot.review.session import visit
from shopify_bot.review.signing import limits
from shopify_bot.review.signing.browser import begin_visit, end_visit, signed_in_user
from shopify_bot.review.signing.limits import Tries
from shopify_bot.tables import User

log = logging.getLogger(__name__)


def tries() -> Tries:
    """What counts the tries to sign in, of this web process."""
    return cast(Tries, current_app.extensions["tries"])


@pages.get("/")
def home() -> ResponseReturnValue:
    """`GET /`: on to the review queue."""
    return redirect(url_for("pages.queue"))


@pages.get("/login")
def login() -> ResponseReturnValue:
    """`GET /login`: the ways to sign in; who is signed in goes on to the local path `next`."""
    with the_bot().database.reading() as database:
        return redirect(onward()) if signed_in_user(database) else login_page(database)


@pages.post("/login")
def sign_in() -> ResponseReturnValue:
    """`POST /login`: sign in with `name` and `password`, then go to the local path `next`.

    A wrong name or password answers 401 and does not tell which of the two was wrong; one try too many 429.
    """
    name = request.form.get("name", "").strip()
    of_name = limits.of_name(name)
    with the_bot().database.reading() as database:
        if wait_s := tries().wait_s(of_name, limits.of_address()):
            log.warning("too many tries to sign in from %s", request.remote_addr)
            return too_many(login_page(database, name, refused=wait(wait_s)), wait_s)
        user = check_password(database, name, request.form.get("password", ""))
        if user is None:
            log.warning("refused a sign-in from %s", request.remote_addr)
            wrong = _("The name or the password is wrong. Please try again.")
            return login_page(database, name, refused=wrong), 401
    return welcome(user, of_name)


def welcome(user: User, of_name: limits.Limit) -> ResponseReturnValue:
    """Begin the visit and go on; earlier tries under this name are forgotten."""
    tries().forgive(of_name)
    goal = onward()
    begin_visit(user)
    return redirect(goal, 303)


def onward() -> str:
    """Where to go after the sign-in."""
    return local_path(request.values.get("next"), url_for("pages.queue"))


def wait(seconds: int) -> str:
    """What somebody reads who tried too often."""
    minutes = -(-seconds // 60)
    return ngettext(
        "Too many tries. Please wait a minute, then try again.",
        "Too many tries. Please wait %(count)s minutes, then try again.",
        minutes,
    )


def too_many(page: str, wait_s: int) -> ResponseReturnValue:
    """429 with the seconds to wait."""
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(wait_s)
    return response


def login_page(database: Session, name: str = "", refused: str | None = None) -> str:
    """The ways to sign in, or how to add the first user when there is none."""
    return render_template(
        "login.html",
        anybody=any_user(database),
        with_shopify=the_bot().settings.signs_in_with_shopify,
        next=onward(),
        shop=request.values.get("shop", ""),
        name=name,
        refused=refused,
    )


@pages.post("/logout")
def logout() -> ResponseReturnValue:
    """`POST /logout`: sign out on this browser."""
    end_visit()
    return redirect(url_for("pages.login"), 303)


@pages.post("/shop")
def choose_shop() -> ResponseReturnValue:
    """`POST /shop`: look at the shop with the domain `shop`, if the user may see it."""
    domain = request.form.get("shop", "")
    if domain in {shop.domain for shop in visit().shops}:
        session["shop"] = domain
    else:
        tell(_("You have no such shop."), tone="warning")
    return redirect(url_for("pages.queue"), 303)
