"""What every label means in the shop: the list, and what holds for all of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from classifier.label_search import LabelSearch
from classifier.labels import LabelTree
from shopify_bot.chores.category_check import outdated
from shopify_bot.errors import BadMapping, CannotLookUp
from shopify_bot.mapping import Filing, ShopChanges, change_shop, filings, unused
from shopify_bot.mapping.lookup import Lookup
from shopify_bot.review.blueprint import labels_of, pages, the_bot, the_store_search
from shopify_bot.review.languages import _, marked
from shopify_bot.review.layout import show
from shopify_bot.review.notices import tell
from shopify_bot.review.session import visit
from shopify_bot.store_search import Channel
from shopify_bot.tables import Shop

STATUSES = {"ACTIVE": marked("Active"), "DRAFT": marked("Draft"), "UNCHANGED": marked("Unchanged")}
ONLINE_STORE = marked("Online Store")
COLLECTION_NOTES = {"existing": marked("yours"), "condition": marked("whole category")}
NOT_PLAIN = re.compile(r"\W+")


@dataclass(frozen=True)
class Row:
    """One label of the list; `channels` and `status` are None where the shop's own hold."""

    filing: Filing
    category: str
    above: str
    collection_note: str
    channels: str | None
    status: str | None


@pages.get("/mapping")
def mapping() -> ResponseReturnValue:
    """`GET /mapping`: every label by category; `?q=` those that a text finds, `?own=1` the own choices."""
    tree, shop, text = labels_of(the_bot()), visit().shop, request.args.get("q", "").strip()
    channels = the_store_search().channels(shop)
    with the_bot().database.reading() as database:
        found = filings(database, shop, tree)
        shown = sought(tree, found, text)
        if request.args.get("own"):
            shown = [filing for filing in shown if filing.own]
        return show(
            database,
            "mapping.html",
            groups=grouped(tree, shown, channels.found),
            text=text,
            only_own=bool(request.args.get("own")),
            own_count=sum(bool(filing.own) for filing in found.values()),
            all_count=len(found),
            fallen=outdated(database, shop, tree),
            unused=unused(database, shop, tree),
            channels=offered(channels.found, shop.publication_ids or ()),
            problem=channels.problem,
            shop_channels=channel_names(shop.publication_ids, channels.found) or _(ONLINE_STORE),
            shop_status=shop.publish_status,
            statuses=statuses(),
        )


@pages.post("/mapping/defaults")
def mapping_defaults() -> ResponseReturnValue:
    """`POST /mapping/defaults`: sales channels `channel` (none is the Online Store alone) and `status`."""
    lookup, changes = Lookup(the_store_search(), visit().shop), ShopChanges()
    try:
        if "status" in request.form:
            changes["status"] = request.form["status"]
            changes["channels"] = new_channels(lookup, visit().shop, request.form.getlist("channel"))
        with the_bot().database.writing() as database:
            change_shop(database, visit().shop, changes)
        tell(_("Saved for every label without its own choice."))
    except (BadMapping, CannotLookUp) as error:
        tell(_("Nothing was changed. %(why)s", why=error), tone="warning")
    return redirect(url_for("pages.mapping"), 303)


def new_channels(lookup: Lookup, shop: Shop, chosen: list[str]) -> list[str] | None:
    """The sales channels chosen, of which only new ones are looked up; None for none."""
    if not chosen or chosen == shop.publication_ids:
        return chosen or None
    return lookup.channels(chosen)


def sought(tree: LabelTree, found: dict[str, Filing], text: str) -> list[Filing]:
    """The labels that a text finds by their words, and those whose own choices hold it."""
    if not text:
        return list(found.values())
    named = {leaf.name for leaf in LabelSearch(tree).find(text, len(tree.leaves))}
    return [each for each in found.values() if each.label in named or text.casefold() in told(each)]


def told(filing: Filing) -> str:
    """All that a label writes, in lower case."""
    words = (filing.category, filing.category_id, filing.product_type, *filing.tags, filing.collection)
    return "\n".join(words).casefold()


def grouped(tree: LabelTree, shown: Iterable[Filing], channels: list[Channel]) -> list[tuple[str, list[Row]]]:
    """The labels under the categories of the tree, both in the order of the alphabet."""
    ordered = sorted(shown, key=lambda filing: (tree.category(filing.label), filing.label))
    groups = groupby(ordered, key=lambda filing: tree.category(filing.label))
    return [(category, [row(filing, channels) for filing in group]) for category, group in groups]


def row(filing: Filing, channels: list[Channel]) -> Row:
    """A label for the list."""
    above, _sign, category = filing.category.rpartition(" > ")
    note = COLLECTION_NOTES.get(filing.collection_kind)
    return Row(
        filing,
        category,
        above,
        _(note) if note else "",
        channel_names(filing.publication_ids, channels),
        statuses()[filing.status] if filing.status else None,
    )


def statuses() -> dict[str, str]:
    """What a product may become once it is published, by name."""
    return {status: _(name) for status, name in STATUSES.items()}


@pages.app_template_filter("label_anchor")
def anchor(label: str) -> str:
    """The id of a label's row on the page."""
    return "label-" + NOT_PLAIN.sub("-", label.lower()).strip("-")


def channel_names(ids: Iterable[object] | None, channels: list[Channel]) -> str | None:
    """The names of sales channels, or their ids while the store does not tell them."""
    names = {channel.gid: channel.title for channel in channels}
    return ", ".join(names.get(str(gid), str(gid)) for gid in ids) if ids else None


def offered(channels: list[Channel], chosen: Iterable[object]) -> list[Channel]:
    """The shop's sales channels, and those chosen that the store does not tell of."""
    known = {channel.gid for channel in channels}
    return [*channels, *(Channel(str(gid), str(gid)) for gid in chosen if str(gid) not in known)]
