"""Signing in with Shopify, as a member of a store's staff. The way back is the one of connecting a store.

Shopify says who it is, and what they may do in that store. We keep their number and name; their access token
is dropped, and their mail address is not looked at, since whoever knows it is not thereby the person.
"""

import logging

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, select

from shopify_bot.connecting.admission import sign_in_url, staff_behind
from shopify_bot.connecting.beginnings import Beginning, begin
from shopify_bot.errors import NotWelcome
from shopify_bot.people.users import staff_user
from shopify_bot.review.blueprint import the_bot
from shopify_bot.review.failures import failure
from shopify_bot.review.languages import LANGUAGES, _
from shopify_bot.review.returning import local_path
from shopify_bot.review.session import begin_visit
from shopify_bot.review.signing import limits
from shopify_bot.review.signing.login import too_many, tries, wait
from shopify_bot.shopify.shopify_api import shop_domain
from shopify_bot.tables import Shop

log = logging.getLogger(__name__)


def go_to_shopify() -> ResponseReturnValue:
    """On to Shopify's page for the store `shop`, if we serve it. Raises NotWelcome, BadShopDomain."""
    if wait_s := tries().wait_s(limits.of_address()):
        way = ("pages.login", _("Back to the sign-in"))
        return too_many(failure(_("You are not signed in"), wait(wait_s), way=way), wait_s)
    domain = shop_domain(request.args.get("shop", ""))
    with the_bot().database.reading() as database:
        if database.scalar(active(domain)) is None:
            raise not_served(domain)
    onward = local_path(request.args.get("next"), url_for("pages.queue"))
    state = begin(Beginning(domain, signs_in=True, next=onward))
    return redirect(sign_in_url(the_bot().settings, domain, state))


def come_back(begun: Beginning, code: str) -> ResponseReturnValue:
    """Sign in whom Shopify names, once its answer was believed. Raises NotWelcome, as `staff_behind` does."""
    bot = the_bot()
    member = staff_behind(bot, begun.shop, code)
    spoken = member.locale.partition("-")[0].lower()
    with bot.database.writing() as database:
        shop = database.scalar(active(begun.shop))
        if shop is None:
            raise not_served(begun.shop)
        user = staff_user(database, shop, member.id, member.name, spoken if spoken in LANGUAGES else None)
    begin_visit(user)
    session["shop"] = begun.shop
    log.info("%s: member of staff %s signed in", begun.shop, member.id)
    return redirect(begun.next)


def active(domain: str) -> Select[Shop]:
    """The shop of that domain, if we serve it and the app was not removed there."""
    return select(Shop).where(Shop.domain == domain, Shop.state == "active")


def not_served(domain: str) -> NotWelcome:
    """The same for a store that was never here and for one that left."""
    text = _("%(shop)s is not connected here. Ask the owner of this installation to connect it.", shop=domain)
    return NotWelcome(text)
