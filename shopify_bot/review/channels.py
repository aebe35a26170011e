"""The status of a product, and where it is to be seen: the sales channels by name, as far as we know them.

No store is asked: names are those that the page of mappings was told last.
"""

from collections.abc import Iterable

from babel.lists import format_list

from shopify_bot.mapping import Filing
from shopify_bot.publishing.plans import plan_from
from shopify_bot.publishing.product_status import status_after
from shopify_bot.review.blueprint import the_store_search
from shopify_bot.review.languages import _, locale, marked
from shopify_bot.tables import Publication, Shop

UNNAMED = marked("in your sales channels")
ONLINE_STORE = marked("in the Online Store")

STATUSES = {
    "": marked("As it is"),
    "ACTIVE": marked("Active"),
    "DRAFT": marked("Draft"),
    "ARCHIVED": marked("Archived"),
    "UNLISTED": marked("Unlisted"),
}


def channels_for(shop: Shop, wanted: Filing) -> str:
    """Where publishing as this label puts a product, as words."""
    chosen = wanted.publication_ids or shop.publication_ids
    return named(shop, chosen) if chosen else _(ONLINE_STORE)


def channels_of(publication: Publication, shop: Shop) -> str:
    """Where the product was to be seen once it had been published, as words."""
    after, plan = publication.after or {}, publication.plan
    found = {*after.get("published_on", ()), *after.get("staged_on", ())}
    if plan is None or not plan_from(plan).online_store_alone or found - set(plan_from(plan).publications):
        return named(shop, sorted(found))
    return _(ONLINE_STORE)


def named(shop: Shop, publications: Iterable[object]) -> str:
    """The channels by their names, or without any where one is not known."""
    names = the_store_search().known_channels(shop)
    told = [names.get(str(each)) for each in publications]
    known = sorted(filter(None, told), key=str.casefold)
    if not known or len(known) < len(told):
        return _(UNNAMED)
    return _("in %(channels)s", channels=format_list(known, locale=locale()))


def status_then(now: str, wanted: str, channels: str) -> str:
    """The status once it is published, and where it is to be seen."""
    then = status_after(now, wanted)
    if then in ("ACTIVE", ""):
        return _("%(status)s, %(channels)s", status=named_status(then), channels=channels)
    return _("%(status)s, %(channels)s once you activate it", status=named_status(then), channels=channels)


def status_in_short(now: str, wanted: str, channels: str) -> str:
    """The status once it is published, in a few words."""
    then = status_after(now, wanted)
    if then in ("ACTIVE", ""):
        return _("active %(channels)s", channels=channels)
    return _("stays %(status)s", status=named_status(then).lower()) if then == now else _("as a draft")


def named_status(status: str) -> str:
    """A status of a product as Shopify's admin calls it; a text for one that it does not tell."""
    return _(STATUSES[status]) if status in STATUSES else status.capitalize()
