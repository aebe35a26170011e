"""Connecting a store in the browser: the list of shops, the way to Shopify's page, and the way back.

The way back is believed only when Shopify signed it, when it is for the store that this very session asked
for within the last minutes, and once.
"""

import secrets
import time
from dataclasses import dataclass
from typing import cast

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from shopify_bot.connecting.admission import admit_with_code, agreement_url, install_url
from shopify_bot.connecting.connection import connection
from shopify_bot.errors import SettingsError, ShopifyBotError
from shopify_bot.review.blueprint import the_bot
from shopify_bot.review.failures import failure
from shopify_bot.review.headers import harden
from shopify_bot.review.layout import show
from shopify_bot.review.notices import tell
from shopify_bot.review.session import Visit, chosen_shop, signed_in_user
from shopify_bot.shopify.errors import BadCallback, Transient
from shopify_bot.shopify.shopify_api import check_callback, shop_domain
from shopify_bot.shops import shops_of
from shopify_bot.tables import Shop

STATE_S = 600
"""Seconds that the merchant has for agreeing."""

connecting = Blueprint("connecting", __name__)
connecting.after_request(harden)


@dataclass(frozen=True)
class Person:
    """Who is signed in, and whose shops they may see; the owner may connect any store, others their own."""

    name: str
    is_owner: bool
    shops: tuple[Shop, ...]

    def may_connect(self, domain: str) -> bool:
        """Whether this person may connect the store of that domain."""
        return self.is_owner or domain in {shop.domain for shop in self.shops}


def person() -> Person:
    """Who makes this request."""
    return cast(Person, g.person)


@connecting.before_request
def require_sign_in() -> ResponseReturnValue | None:
    """Send strangers to the sign-in and back; not with Shopify's answer, which is to stay in no address."""
    with the_bot().database.reading() as database:
        user = signed_in_user(database)
        if user is not None:
            theirs = shops_of(database, user)
            g.person = Person(user.name, user.shop_id is None, tuple(theirs))
            if theirs:
                g.visit = Visit(user.name, chosen_shop(theirs), tuple(theirs))
            return None
    if request.endpoint == "connecting.callback":
        text = "Sign in, then connect the store again."
        return failure("You are not signed in", text, way=("pages.login", "Sign in")), 403
    return redirect(url_for("pages.login", next=request.full_path.removesuffix("?")), 303)


@connecting.get("/shops")
def shops() -> ResponseReturnValue:
    """`GET /shops`: the shops that the user may see, how each is connected, and the ways to connect one."""
    values = {
        "person": person(),
        "connections": [connection(shop) for shop in person().shops],
        "trouble": setting_trouble(),
    }
    if not person().shops:
        return render_template("shops.html", **values)
    with the_bot().database.reading() as database:
        return show(database, "shops.html", **values)


def setting_trouble() -> str | None:
    """The setting that connecting a store in the browser lacks, if any."""
    try:
        install_url(the_bot().settings, "any-store")
    except SettingsError as error:
        return str(error)
    return None


@connecting.get("/auth/install")
def install() -> ResponseReturnValue:
    """`GET /auth/install?shop=…`: on to Shopify's page where the merchant of that store agrees."""
    domain = shop_domain(request.args.get("shop", ""))
    if not person().may_connect(domain):
        text = f"You may not connect {domain}. Ask the owner of this installation."
        return failure("This is for the owner", text), 403
    state = secrets.token_urlsafe(24)
    address = agreement_url(the_bot().settings, domain, state)
    session["connecting"] = {"state": state, "shop": domain, "until": time.time() + STATE_S}
    return redirect(address)


@connecting.get("/auth/callback")
def callback() -> ResponseReturnValue:
    """`GET /auth/callback`: the way back from Shopify's page. Keeps the token, then leads to the queue."""
    domain = begun()
    answer = check_callback(request.args.items(multi=True), the_bot().settings.api_secrets)
    if answer["shop"] != domain or not person().may_connect(domain):
        raise BadCallback("Shopify answered for another store than the one you began with. Connect it again.")
    if "code" not in answer:
        raise BadCallback(f"Shopify gave no permission for {domain}: you, or somebody else, said no.")
    connected = admit_with_code(the_bot(), domain, answer["code"])
    session["shop"] = domain
    missing = connection(connected.shop).scopes_lacking
    if missing:
        tell(f"{domain} is connected, but the app lacks {', '.join(missing)}.", tone="warning")
    else:
        tell(f"{domain} is connected. Its new products appear here. {connected.goes_on}".rstrip())
    return redirect(url_for("pages.queue"))


def begun() -> str:
    """The store that this session asked for, if the answer fits; each beginning has one answer.

    Raises BadCallback.
    """
    kept = session.pop("connecting", None)
    states = request.args.getlist("state")
    if kept is None or time.time() > kept["until"] or len(states) != 1:
        raise BadCallback(
            "Nothing was begun in this browser that the answer belongs to, or it was more than "
            f"{STATE_S // 60} minutes ago. Connect the store again."
        )
    if not secrets.compare_digest(kept["state"].encode(), states[0].encode()):
        raise BadCallback("This is not the answer to what you began here. Connect the store again.")
    return str(kept["shop"])


@connecting.errorhandler(ShopifyBotError)
def refused(error: ShopifyBotError) -> ResponseReturnValue:
    """400, or 503 when trying again later may help."""
    page = failure("The store was not connected", str(error), way=("connecting.shops", "To the connections"))
    return page, 503 if isinstance(error, Transient) else 400
