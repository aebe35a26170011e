"""Who is looking, and at which shop. Every page but the sign-in asks here first."""

from dataclasses import dataclass
from hashlib import sha256
from typing import cast

from flask import g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.shops import shops_of
from shopify_bot.tables import Shop, User

OPEN_TO_ALL = frozenset({"pages.login", "pages.static"})
NEEDS_NO_SHOP = frozenset({"pages.logout"})


@dataclass(frozen=True)
class Visit:
    """Somebody signed in: the name, the shop on screen, and the shops there are to choose from."""

    user: str
    shop: Shop
    shops: tuple[Shop, ...]


def visit() -> Visit:
    """The visit that this request is part of."""
    return cast(Visit, g.visit)


def begin_visit(user: User) -> None:
    """Sign in: a fresh session, so that one planted before the sign-in is worth nothing."""
    session.clear()
    session.permanent = True
    session["user"] = user.id
    session["stamp"] = stamp(user)


def stamp(user: User) -> str:
    """Changes with the password, which ends the sessions that were begun with the old one."""
    return sha256(user.password_hash.encode()).hexdigest()[:16]


def signed_in_user(database: Session) -> User | None:
    """The user of this session, unless removed or given a new password since."""
    user = database.get(User, session.get("user", 0))
    return user if user and session.get("stamp") == stamp(user) else None


def chosen_shop(shops: list[Shop]) -> Shop:
    """The shop chosen in this session, else the first that still has the app."""
    chosen = session.get("shop")
    return min(shops, key=lambda shop: (shop.domain != chosen, shop.state != "active"))


@pages.before_request
def require_sign_in() -> ResponseReturnValue | None:
    """Send strangers to the sign-in, and back to where they wanted to go."""
    if request.endpoint in OPEN_TO_ALL:
        return None
    with the_bot().database.reading() as database:
        user = signed_in_user(database)
        if user is None:
            wanted = request.full_path.removesuffix("?") if request.method != "POST" else None
            return redirect(url_for("pages.login", next=wanted), 303)
        shops = shops_of(database, user)
    if request.endpoint in NEEDS_NO_SHOP:
        return None
    if not shops:
        return render_template("no_shop.html", user=user.name)
    g.visit = Visit(user.name, chosen_shop(shops), tuple(shops))
    return None
