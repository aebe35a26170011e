"""The status of a product, and where it is to be seen: the sales channels by name, as far as we know them.

No store is asked: names are those that the page of mappings was told last.
"""

from collections.abc import Iterable

from shopify_bot.mapping import Filing
from shopify_bot.publishing.plans import plan_from
from shopify_bot.publishing.product_status import status_after
from shopify_bot.review.blueprint import the_store_search
from shopify_bot.tables import Publication, Shop

UNNAMED = "in your sales channels"
ONLINE_STORE = "in the Online Store"


def channels_for(shop: Shop, wanted: Filing) -> str:
    """Where publishing as this label puts a product, as words."""
    chosen = wanted.publication_ids or shop.publication_ids
    return named(shop, chosen) if chosen else ONLINE_STORE


def channels_of(publication: Publication, shop: Shop) -> str:
    """Where the product was to be seen once it had been published, as words."""
    after, plan = publication.after or {}, publication.plan
    found = {*after.get("published_on", ()), *after.get("staged_on", ())}
    if plan is None or not plan_from(plan).online_store_alone or found - set(plan_from(plan).publications):
        return named(shop, sorted(found))
    return ONLINE_STORE


def named(shop: Shop, publications: Iterable[object]) -> str:
    """The channels by their names, or without any where one is not known."""
    names = the_store_search().known_channels(shop)
    told = [names.get(str(each)) for each in publications]
    known = sorted(filter(None, told), key=str.casefold)
    if not known or len(known) < len(told):
        return UNNAMED
    *others, last = known
    return f"in {', '.join(others)} and {last}" if others else f"in {last}"


def status_then(now: str, wanted: str, channels: str) -> str:
    """The status once it is published, and where it is to be seen."""
    then = status_after(now, wanted)
    if then in ("ACTIVE", ""):
        return f"{'Active' if then else 'As it is'}, {channels}"
    return f"{then.capitalize()}, {channels} once you activate it"


def status_in_short(now: str, wanted: str, channels: str) -> str:
    """The status once it is published, in a few words."""
    then = status_after(now, wanted)
    if then in ("ACTIVE", ""):
        return f"active {channels}"
    return f"stays {then.lower()}" if then == now else "as a draft"
