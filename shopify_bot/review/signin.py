"""Signing in and out, and choosing the shop to look at."""

import logging

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.review.notices import tell
from shopify_bot.review.returning import local_path
from shopify_bot.review.session import begin_visit, signed_in_user, visit
from shopify_bot.users import any_user, check_password

log = logging.getLogger(__name__)


@pages.get("/")
def home() -> ResponseReturnValue:
    """`GET /`: on to the review queue."""
    return redirect(url_for("pages.queue"))


@pages.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """`GET,POST /login`: sign in with `name` and `password`, then go to the local path `next`.

    A wrong name or password answers 401 and does not tell which of the two was wrong.
    """
    onward = local_path(request.values.get("next"), url_for("pages.queue"))
    with the_bot().database.reading() as database:
        if request.method != "POST":
            return redirect(onward) if signed_in_user(database) else login_page(database, onward)
        name = request.form.get("name", "").strip()
        user = check_password(database, name, request.form.get("password", ""))
        if user is None:
            log.warning("refused a sign-in from %s", request.remote_addr)
            return login_page(database, onward, name=name, refused=True), 401
        begin_visit(user)
        return redirect(onward, 303)


def login_page(database: Session, onward: str, name: str = "", refused: bool = False) -> str:
    """The form, or how to add the first user when there is none."""
    return render_template("login.html", anybody=any_user(database), next=onward, name=name, refused=refused)


@pages.post("/logout")
def logout() -> ResponseReturnValue:
    """`POST /logout`: end the session."""
    session.clear()
    return redirect(url_for("pages.login"), 303)


@pages.post("/shop")
def choose_shop() -> ResponseReturnValue:
    """`POST /shop`: look at the shop with the domain `shop`, if the user may see it."""
    domain = request.form.get("shop", "")
    if domain in {shop.domain for shop in visit().shops}:
        session["shop"] = domain
    else:
        tell("You have no such shop.", tone="warning")
    return redirect(url_for("pages.queue"), 303)
