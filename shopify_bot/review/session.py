"""Who is looking, and at which shop. Every page but the sign-in asks here first."""

from dataclasses import dataclass
from typing import cast

from flask import g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from shopify_bot.logs.ids import also_about
from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.review.signing.browser import begin_visit, signed_in_user
from shopify_bot.shops import shops_of
from shopify_bot.tables import Shop

__all__ = ["Visit", "begin_visit", "chosen_shop", "signed_in_user", "visit", "way_to_sign_in"]

OPEN_TO_ALL = frozenset({"pages.login", "pages.sign_in", "pages.static"})
NEEDS_NO_SHOP = frozenset({"pages.logout"})
WORKS_WITHOUT_SHOP = frozenset({"pages.try_it", "pages.try_this", "pages.try_picture", "pages.source"})
"""Pages that are shown in the frame of the shop on screen, and without one where there is none."""


@dataclass(frozen=True)
class Visit:
    """Somebody signed in: the name, the shop on screen, and the shops there are to choose from."""

    user: str
    shop: Shop
    shops: tuple[Shop, ...]


def visit() -> Visit:
    """The visit that this request is part of."""
    return cast(Visit, g.visit)


def chosen_shop(shops: list[Shop]) -> Shop:
    """The shop chosen in this session, else the first that still has the app."""
    chosen = session.get("shop")
    return min(shops, key=lambda shop: (shop.domain != chosen, shop.state != "active"))


def way_to_sign_in() -> ResponseReturnValue:
    """To the sign-in, and from there back to where this request wanted to go; it may name a shop."""
    wanted = request.full_path.removesuffix("?") if request.method != "POST" else None
    return redirect(url_for("pages.login", next=wanted, shop=request.args.get("shop")), 303)


@pages.before_request
def require_sign_in() -> ResponseReturnValue | None:
    """Send strangers to the sign-in, and back to where they wanted to go."""
    if request.endpoint in OPEN_TO_ALL:
        return None
    with the_bot().database.reading() as database:
        user = signed_in_user(database)
        if user is None:
            return way_to_sign_in()
        shops = shops_of(database, user)
    if request.endpoint in NEEDS_NO_SHOP:
        return None
    if not shops and request.endpoint in WORKS_WITHOUT_SHOP:
        g.user_name = user.name
        return None
    if not shops:
        return render_template("no_shop.html", user=user.name)
    g.visit = Visit(user.name, chosen_shop(shops), tuple(shops))
    also_about(shop=g.visit.shop.domain, review=(request.view_args or {}).get("review_id"))
    return None
