"""Connecting a store in the browser, and signing in with Shopify: the way to its page, and the way back.

The way back is believed only when Shopify signed it, when it is for the store that this very session asked
for within the last minutes, and once.
"""

from dataclasses import dataclass
from typing import cast

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from shopify_bot.connecting import signing_in
from shopify_bot.connecting.admission import admit_with_code, agreement_url, install_url
from shopify_bot.connecting.beginnings import Beginning, begin, begun, is_signing_in
from shopify_bot.connecting.connection import connection
from shopify_bot.errors import NotWelcome, SettingsError, ShopifyBotError
from shopify_bot.review.blueprint import the_bot
from shopify_bot.review.failures import failure
from shopify_bot.review.headers import harden
from shopify_bot.review.languages import _
from shopify_bot.review.layout import show
from shopify_bot.review.notices import tell
from shopify_bot.review.session import Visit, chosen_shop, signed_in_user, way_to_sign_in
from shopify_bot.shopify.errors import BadCallback, Transient
from shopify_bot.shopify.shopify_api import check_callback, shop_domain
from shopify_bot.shops import shops_of
from shopify_bot.tables import Shop

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
    is_answer = request.endpoint == "connecting.callback"
    if request.endpoint == "connecting.sign_in" or (is_answer and is_signing_in()):
        g.signs_in = True
        return None
    with the_bot().database.reading() as database:
        user = signed_in_user(database)
        if user is not None:
            theirs = shops_of(database, user)
            g.person = Person(user.name, user.shop_id is None, tuple(theirs))
            if theirs:
                g.visit = Visit(user.name, chosen_shop(theirs), tuple(theirs))
            return None
    if is_answer:
        text = _("Sign in, then connect the store again.")
        return failure(_("You are not signed in"), text, way=("pages.login", _("Sign in"))), 403
    return way_to_sign_in()


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
        text = _("You may not connect %(shop)s. Ask the owner of this installation.", shop=domain)
        return failure(_("This is for the owner"), text), 403
    return redirect(agreement_url(the_bot().settings, domain, begin(Beginning(domain))))


@connecting.get("/login/shopify")
def sign_in() -> ResponseReturnValue:
    """`GET /login/shopify?shop=…&next=…`: on to Shopify, which asks the member of staff who they are."""
    return signing_in.go_to_shopify()


@connecting.get("/auth/callback")
def callback() -> ResponseReturnValue:
    """`GET /auth/callback`: the way back from Shopify's page: keeps the token, or signs the person in."""
    what = begun()
    answer = check_callback(request.args.items(multi=True), the_bot().settings.api_secrets)
    if answer["shop"] != what.shop:
        raise BadCallback(_("Shopify answered for another store than the one you began with."))
    if "code" not in answer:
        raise BadCallback(
            _("Shopify gave no permission for %(shop)s: you, or somebody else, said no.", shop=what.shop)
        )
    if what.signs_in:
        return signing_in.come_back(what, answer["code"])
    return keep_connected(what.shop, answer["code"])


def keep_connected(domain: str, code: str) -> ResponseReturnValue:
    """Keep the token that the code stands for, then lead to the queue. Raises BadCallback."""
    if not person().may_connect(domain):
        raise BadCallback(_("Shopify answered for another store than the one you began with."))
    connected = admit_with_code(the_bot(), domain, code)
    session["shop"] = domain
    missing = connection(connected.shop).scopes_lacking
    if missing:
        scopes = ", ".join(missing)
        tell(
            _("%(shop)s is connected, but the app lacks %(scopes)s.", shop=domain, scopes=scopes),
            tone="warning",
        )
    else:
        text = _("%(shop)s is connected. Its new products appear here.", shop=domain)
        tell(f"{text} {connected.goes_on}".rstrip())
    return redirect(url_for("pages.queue"))


@connecting.errorhandler(ShopifyBotError)
def refused(error: ShopifyBotError) -> ResponseReturnValue:
    """400, 403 for somebody who may not come in, or 503 when trying again later may help."""
    status = 503 if isinstance(error, Transient) else 403 if isinstance(error, NotWelcome) else 400
    if g.get("signs_in"):
        way = ("pages.login", _("Back to the sign-in"))
        return failure(_("You are not signed in"), str(error), way=way), status
    way = ("connecting.shops", _("To the connections"))
    return failure(_("The store was not connected"), str(error), way=way), status
