"""The cookie by which a browser is known to be signed in; the one of the session changes far more often."""

from datetime import UTC, datetime

from flask import Response, g, request, session
from sqlalchemy.orm import Session

from shopify_bot.people import sign_ins
from shopify_bot.people.sign_ins import Found
from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.review.languages import speak_with
from shopify_bot.settings import Settings
from shopify_bot.tables import User

COOKIE = "shopify_bot_sign_in"


def cookie_name(name: str, settings: Settings) -> str:
    """Over https one that browsers take from this host alone: a neighbour in the domain cannot plant it."""
    return f"__Host-{name}" if settings.is_https else name


def begin_visit(user: User) -> None:
    """Sign in: a fresh session and a fresh token, so that what was planted before is worth nothing."""
    session.clear()
    session.permanent = True
    with the_bot().database.writing() as database:
        sign_ins.end(database, token_sent())
        g.cookie = sign_ins.begin(database, user)


def end_visit() -> None:
    """Sign out this browser; what it held opens nothing any more."""
    session.clear()
    with the_bot().database.writing() as database:
        sign_ins.end(database, token_sent())
    g.cookie = None


def signed_in_user(database: Session) -> User | None:
    """Who is signed in on this browser; None once they signed out, were removed or got a new password."""
    found = sign_ins.find(database, token_sent())
    g.found = found
    if found is None:
        return None
    speak_with(found.user.language)
    return found.user


def this_sign_in() -> Found | None:
    """The sign-in that this request came with, once `signed_in_user` was asked."""
    found: Found | None = g.get("found")
    return found


def token_sent() -> str:
    """The token that the browser sent, or nothing."""
    return request.cookies.get(cookie_name(COOKIE, the_bot().settings), "")


@pages.after_app_request
def renew_token(response: Response) -> Response:
    """Hand out the token of a new sign-in, and every hour the next one."""
    found = this_sign_in()
    if "cookie" not in g and found is not None and found.is_due:
        bot = the_bot()
        with bot.database.writing() as database:
            secret = bot.settings.secret_key.get_secret_value()
            renewed = sign_ins.renew(database, found, token_sent(), secret)
        if renewed is not None:  # else it has ended, and the browser may hold the token of another by now
            g.cookie = renewed
    if "cookie" in g:
        send_cookie(response, g.cookie)
    return response


def send_cookie(response: Response, cookie: tuple[str, datetime] | None) -> None:
    """Give the browser a token until it ends, or take it away."""
    settings = the_bot().settings
    token, ends = cookie or ("", datetime.fromtimestamp(0, UTC))
    response.set_cookie(
        cookie_name(COOKIE, settings),
        token,
        expires=ends,
        secure=settings.is_https,
        httponly=True,
        samesite="None" if settings.embedded else "Lax",
        partitioned=settings.embedded,
    )
